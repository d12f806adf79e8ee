//! Serving the finished page on this machine, with the server that comes with Vite.

use std::process::Command;

use anyhow::{Context as _, Result};

use crate::workspace::Workspace;

/// Serves `target/site` until it is interrupted. Without a port, the server takes the first free one from 4173 on.
pub(crate) fn serve(workspace: &Workspace, port: Option<u16>) -> Result<()> {
    // Node.js runs the server without npm in between, so that a signal to this task reaches it.
    let mut server = Command::new("node");
    server
        .current_dir(&workspace.www)
        .arg("node_modules/vite/bin/vite.js")
        .args(["preview", "--host", "127.0.0.1", "--outDir"])
        .arg(&workspace.site);
    if let Some(port) = port {
        server.args(["--strictPort", "--port", &port.to_string()]);
    }
    println!("==> serving the page (Ctrl-C ends it)");
    replace_by(&mut server)
}

/// The server takes the place of this process: whoever ends the task ends the server.
#[cfg(unix)]
fn replace_by(server: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;
    Err(server.exec()).context("cannot start `node`")
}

#[cfg(not(unix))]
fn replace_by(server: &mut Command) -> Result<()> {
    let status = server.status().context("cannot start `node`")?;
    if !status.success() {
        anyhow::bail!("the server ended with {status}");
    }
    Ok(())
}
