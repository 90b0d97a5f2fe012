//! An open WebSocket between client and server: bytes one way, frames the other.

use std::future::pending;
use std::io::{self, Cursor};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy, split};
use tokio::time::sleep;
use tokio_tungstenite::tungstenite::protocol::frame::FrameHeader;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Control, Data, OpCode};

use crate::proxy::Passage;
use crate::spoil::Piece;

const BUFFER_BYTES: usize = 4 << 10;

/// A stream of bytes.
pub trait Stream: AsyncRead + AsyncWrite {}

impl<S: AsyncRead + AsyncWrite> Stream for S {}

/// Carries what is sent until either side, or the fault, ends the connection.
pub async fn carry(client: impl Stream, server: impl Stream, passage: Passage) {
    let (mut from_client, mut to_client) = split(client);
    let (mut from_server, mut to_server) = split(server);
    // However it ends, both connections end with it.
    let _ = tokio::select! {
        up = async { copy(&mut from_client, &mut to_server).await.map(drop) } => up,
        down = carry_frames(&mut from_server, &mut to_client, &passage) => down,
    };
}

async fn carry_frames(
    server: &mut (impl AsyncRead + Unpin),
    client: &mut (impl AsyncWrite + Unpin),
    passage: &Passage,
) -> io::Result<()> {
    let mut buffer = Vec::with_capacity(BUFFER_BYTES);
    loop {
        while let Some((header, start, end)) = frame(&buffer)? {
            let frame: Vec<u8> = buffer.drain(..end).collect();
            let pieces = match header.opcode {
                OpCode::Data(Data::Text) if header.is_final => {
                    let text = std::str::from_utf8(&frame[start..]).map_err(io::Error::other)?;
                    passage.pass(text)
                }
                OpCode::Control(Control::Close) => passage.close(frame),
                OpCode::Control(Control::Pong) if passage.keeps_pongs() => Vec::new(),
                _ => vec![Piece::Bytes(frame)],
            };
            for piece in pieces {
                match piece {
                    Piece::Bytes(bytes) => {
                        client.write_all(&bytes).await?;
                        client.flush().await?;
                    }
                    Piece::Pause(pause) => sleep(pause).await,
                    Piece::Stall => pending().await,
                    Piece::End => return Ok(()),
                }
            }
        }
        if server.read_buf(&mut buffer).await? == 0 {
            return Ok(());
        }
    }
}

/// The first frame in `buffer`, where its payload starts and where it ends.
fn frame(buffer: &[u8]) -> io::Result<Option<(FrameHeader, usize, usize)>> {
    let mut cursor = Cursor::new(buffer);
    let Some((header, length)) = FrameHeader::parse(&mut cursor).map_err(io::Error::other)? else {
        return Ok(None);
    };
    let start = usize::try_from(cursor.position()).map_err(io::Error::other)?;
    let end = start + usize::try_from(length).map_err(io::Error::other)?;
    Ok((end <= buffer.len()).then_some((header, start, end)))
}
