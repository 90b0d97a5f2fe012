//! `handfast connect`

mod arguments;
mod awaited;
mod back_off;
mod channel;
mod conversation;
mod emits;
mod ending;
mod heart;
mod input;
mod json;
mod listening;
mod outgoing;
mod preparation;
mod screen;
mod seen;
mod text;
mod told;

use std::io::{self, IsTerminal};
use std::sync::Arc;

use handfast_codegen::model::Side;
use handfast_codegen::source::Disk;
use handfast_conformance::session::Protocol;
use handfast_conformance::verdict::Verdict;
use tokio::sync::watch;

use super::Run;
use crate::error::Error;
use crate::exit::{FAILED, PASSED, WRONG};
use crate::interruption::interruption;
use crate::printing::say;
use crate::runtime::runtime;
pub use arguments::Connect;
use conversation::Conversation;
use preparation::Prepared;

impl Run for Connect {
    const NAME: &'static str = "connect";

    fn run(self) -> Result<u8, Error> {
        let protocol = Protocol::compile(&Disk::default(), &self.contract)
            .map_err(|problems| Error::documents(vec![problems]))?;
        let prepared = self.prepare(Arc::new(protocol))?;
        let runtime = runtime("a connection")?;
        let code = runtime.block_on(self.talk(prepared));
        // A look-up of a name may still be under way, which nothing can end.
        runtime.shutdown_background();
        code
    }
}

impl Connect {
    async fn talk(&self, prepared: Prepared) -> Result<u8, Error> {
        let Prepared { session, settings, emits, awaited } = prepared;
        let mut conversation = Conversation::new(self, &session, settings, emits);
        conversation.wait_for(awaited.as_ref());
        if self.reads_input(&session)? {
            let is_interactive = io::stdin().is_terminal();
            if is_interactive {
                let known = outgoing::names(&session, Side::Client).join(", ");
                say(&format!("write `EVENT JSON` to send an event: {known}"));
            }
            conversation.read(input::lines()?, is_interactive);
        }
        let (interrupt, interrupted) = watch::channel(false);
        tokio::spawn(async move {
            interruption().await;
            interrupt.send_replace(true);
            // Whoever can't wait for the farewell, or for somebody to read what is printed, says it again.
            interruption().await;
            std::process::exit(Verdict::Inconclusive.exit_code().into());
        });
        let end = conversation.talk(interrupted).await?;
        if let Some(complaint) = end.complaint(awaited.as_ref(), &conversation.address()) {
            complaint.print();
        }
        Ok(self.code(end.code(awaited.as_ref()), &conversation))
    }

    /// The exit code, where that of the end is `code`.
    fn code(&self, code: u8, conversation: &Conversation<'_>) -> u8 {
        let (n_invalid, n_waiting) = (conversation.n_invalid, conversation.n_waiting());
        for (n, what) in [(n_invalid, "invalid"), (n_waiting, "not sent")] {
            if n > 0 {
                say(&format!("{n} {} {what}", if n == 1 { "event was" } else { "events were" }));
            }
        }
        let is_bad = n_invalid > 0 && !self.lenient || n_waiting > 0;
        match code {
            PASSED | FAILED if conversation.n_unsent > 0 => WRONG,
            PASSED if is_bad => FAILED,
            code => code,
        }
    }
}
