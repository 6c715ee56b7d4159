//! Limits that one file must keep, so that it cannot hold up the others.

use std::fs::File;
use std::io::Read;
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;

use super::inputs::Input;

/// Share of a file's time after which a PDF's remaining pages are left out, with a note; the rest is
/// for what follows reading.
const PDF_SHARE: f64 = 0.75;

/// Bytes and seconds of one file.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Limits {
    /// Largest file, in bytes.
    #[arg(long, default_value_t = 64 << 20)]
    max_bytes: u64,
    /// Longest time for one file, in seconds.
    #[arg(long, default_value_t = 120)]
    max_seconds: u64,
}

impl Limits {
    /// Longest time for reading a PDF: what was read of it by then is worth more than nothing.
    pub(crate) fn reading(&self) -> Duration {
        Duration::from_secs(self.max_seconds).mul_f64(PDF_SHARE)
    }

    /// The bytes of an input.
    pub(crate) fn read(&self, input: &Input) -> Result<Vec<u8>> {
        let limit = self.max_bytes;
        let mut bytes = Vec::new();
        match &input.path {
            None => std::io::stdin()
                .lock()
                .take(limit + 1)
                .read_to_end(&mut bytes)
                .context("standard input cannot be read")?,
            Some(path) => {
                let file = File::open(path)
                    .context("the file cannot be opened; check that it is there and may be read")?;
                file.take(limit + 1).read_to_end(&mut bytes).context("the file cannot be read")?
            }
        };
        if bytes.len() as u64 > limit {
            bail!(
                "the file is larger than {limit} bytes; split it, or allow more with --max-bytes"
            );
        }
        Ok(bytes)
    }

    /// Runs a job in a thread of its own; a job that panics or takes too long is given up.
    pub(crate) fn within<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let (sender, receiver) = mpsc::channel();
        let thread = std::thread::Builder::new()
            .name("report".to_owned())
            .stack_size(16 << 20)
            .spawn(move || {
                // The receiver may have given up; then nobody wants the result.
                let _ = sender.send(job());
            })
            .context("no thread for reading the file; use fewer --jobs")?;
        match receiver.recv_timeout(Duration::from_secs(self.max_seconds)) {
            Ok(result) => Ok(result),
            Err(mpsc::RecvTimeoutError::Timeout) => bail!(
                "reading took longer than {} seconds and was given up; split the file, or allow more with --max-seconds",
                self.max_seconds
            ),
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                let reason = thread.join().err().map_or_else(String::new, |panic| {
                    panic
                        .downcast_ref::<String>()
                        .cloned()
                        .or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()))
                        .unwrap_or_default()
                });
                bail!(
                    "the program failed on this file ({reason}); please report it, with the file if it is public"
                )
            }
        }
    }
}
