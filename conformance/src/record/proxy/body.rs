//! Bodies that pass through: each piece goes on as soon as it is there, and a tap sees it.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};

use super::tap::Tap;

/// A body on its way.
pub struct Passing {
    inner: Inner,
    tap: Option<Box<dyn Tap>>,
}

enum Inner {
    Incoming(Incoming),
    Text(Option<Bytes>),
}

impl Passing {
    /// `body`, seen by `tap`.
    pub fn new(body: Incoming, tap: Box<dyn Tap>) -> Self {
        let mut passing = Self { inner: Inner::Incoming(body), tap: Some(tap) };
        passing.end_if_over();
        passing
    }

    /// A body of the proxy's own.
    pub fn text(text: String) -> Self {
        let text = (!text.is_empty()).then(|| Bytes::from(text));
        Self { inner: Inner::Text(text), tap: None }
    }

    fn end_if_over(&mut self) {
        if self.is_end_stream() {
            self.end(true);
        }
    }

    fn end(&mut self, is_whole: bool) {
        if let Some(tap) = self.tap.take() {
            tap.end(is_whole);
        }
    }
}

impl Body for Passing {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let incoming = match &mut self.inner {
            Inner::Text(text) => return Poll::Ready(text.take().map(|text| Ok(Frame::data(text)))),
            Inner::Incoming(incoming) => incoming,
        };
        let frame = ready!(Pin::new(incoming).poll_frame(context));
        match &frame {
            Some(Ok(frame)) => {
                if let (Some(data), Some(tap)) = (frame.data_ref(), &mut self.tap) {
                    tap.data(data);
                }
                self.end_if_over();
            }
            Some(Err(_)) => self.end(false),
            None => self.end(true),
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        match &self.inner {
            Inner::Incoming(incoming) => incoming.is_end_stream(),
            Inner::Text(text) => text.is_none(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.inner {
            Inner::Incoming(incoming) => incoming.size_hint(),
            Inner::Text(text) => SizeHint::with_exact(text.as_ref().map_or(0, Bytes::len) as u64),
        }
    }
}

impl Drop for Passing {
    /// Whoever was to read it has gone.
    fn drop(&mut self) {
        if let Some(tap) = self.tap.take() {
            tap.dropped();
        }
    }
}
