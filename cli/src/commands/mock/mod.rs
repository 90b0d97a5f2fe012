//! `handfast mock`

mod arguments;
mod log;
mod preparation;

use handfast_conformance::mock::serve::Mock as Serving;
use handfast_conformance::verdict::Verdict;
use tokio::sync::watch;

use super::Run;
use crate::error::Error;
use crate::exit::PASSED;
use crate::interruption::interruption;
use crate::printing::{print, say};
use crate::runtime::runtime;
pub use arguments::Mock;
use preparation::Prepared;

impl Run for Mock {
    const NAME: &'static str = "mock";

    fn run(self) -> Result<u8, Error> {
        let prepared = self.prepare()?;
        let runtime = runtime("a server")?;
        let code = runtime.block_on(self.serve(prepared));
        runtime.shutdown_background();
        code
    }
}

impl Mock {
    async fn serve(&self, Prepared { house, options }: Prepared) -> Result<u8, Error> {
        let logging = log::logging(self.format, self.quiet);
        let serving = match Serving::bind(self.listen, house, options, logging).await {
            Ok(serving) => serving,
            Err(error) => {
                say(&format!("nobody can listen at {}: {error}", self.listen));
                return Ok(Verdict::Unreachable.exit_code());
            }
        };
        let url = serving.url().map_err(|error| Error::new(format!("the address is not known: {error}")))?;
        // Who reads where it listens may end it at once.
        let interrupted = interruption();
        print(&log::listening(self.format, &url))?;
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(async move {
            interrupted.await;
            stop.send_replace(true);
            // Whoever can't wait for the farewell says it again.
            interruption().await;
            std::process::exit(PASSED.into());
        });
        serving.serve(stopped).await;
        Ok(PASSED)
    }
}
