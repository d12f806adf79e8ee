//! One module of the package: the crate compiled with the module's features, and what wasm-bindgen and wasm-opt make
//! of it.
//!
//! Each module has a Cargo target folder of its own. Cargo writes a `cdylib` to the same file whatever its features
//! are, so in a shared folder each module would be linked anew in every build, since another one came after it: three
//! seconds for each, on two cores, where nothing has changed. In return the dependencies are compiled once for each
//! module, which takes twenty seconds when there is nothing yet.

use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::config::{Config, Module};
use crate::process::{cargo, line, run};
use crate::sizes::{self, Size};
use crate::tools::{self, WASM};
use crate::workspace::Workspace;

/// A module that is built.
pub(crate) struct Finished {
    /// It holds the module's files and nothing else.
    pub(crate) folder: PathBuf,
    /// The size of its wasm.
    pub(crate) wasm: Size,
}

/// Builds a module of the named package.
pub(crate) fn build(
    workspace: &Workspace,
    config: &Config,
    module: &Module,
    package: &str,
) -> Result<Finished> {
    let folder = workspace.target.join("modules").join(&module.name);
    let compiled = compile(workspace, config, module, package, &folder)?;
    let finished = folder.join("finished");
    let wasm = finish(workspace, config, module, &compiled, &finished)?;
    Ok(Finished {
        folder: finished,
        wasm,
    })
}

fn compile(
    workspace: &Workspace,
    config: &Config,
    module: &Module,
    package: &str,
    folder: &Path,
) -> Result<PathBuf> {
    let variant = module.variant();
    let profile = module.profile.as_deref().unwrap_or(&config.profile);
    let mut compiler = cargo(workspace);
    compiler
        // The type is named here although the manifest names it as well: there it stands beside `rlib`, for the tests,
        // and Cargo leaves link-time optimisation out when the compiler writes both at once.
        .args(["rustc", "--lib", "--crate-type", "cdylib"])
        .args(["--package", package])
        .args(["--target", WASM, "--profile", profile])
        .args(variant.arguments())
        .arg("--target-dir")
        .arg(folder);
    variant.set_rustflags(&mut compiler, remap().as_slice());
    run(&mut compiler)?;

    // Cargo keeps the results of the `dev` profile in a folder of another name.
    let results = match profile {
        "dev" => "debug",
        profile => profile,
    };
    let file = format!("{}.wasm", package.replace('-', "_"));
    Ok(folder.join(WASM).join(results).join(file))
}

/// A flag that keeps the folders of this machine out of the messages of panics, so that a build gives the same bytes
/// wherever it is made.
fn remap() -> Option<String> {
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))?;
    Some(format!("--remap-path-prefix={}=cargo", home.display()))
}

/// Runs wasm-bindgen and wasm-opt and measures what comes out, unless what they made last was made of the same: after
/// most changes of the page, and each of the three takes seconds.
fn finish(
    workspace: &Workspace,
    config: &Config,
    module: &Module,
    compiled: &Path,
    finished: &Path,
) -> Result<Size> {
    let mut bindgen = Command::new(tools::program(workspace, "wasm-bindgen"));
    bindgen
        .current_dir(&workspace.root)
        .args(["--target", &config.target, "--out-name", &module.name])
        .arg("--out-dir")
        .arg(finished)
        .arg(compiled);
    let wasm = finished.join(format!("{}_bg.wasm", module.name));
    let mut optimiser = Command::new("node");
    optimiser
        .current_dir(&workspace.root)
        .arg(tools::wasm_opt_script(workspace))
        .args(&config.wasm_opt)
        .arg(&wasm)
        .arg("--output")
        .arg(&wasm);

    let versions = [
        workspace.locked_version("wasm-bindgen")?,
        config.tools.binaryen.clone(),
        workspace.locked_version("brotli")?,
    ];
    let calls = [line(&bindgen), line(&optimiser)];
    let content =
        fs::read(compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    once(finished, &stamp(&versions, &calls, &content), || {
        run(&mut bindgen)?;
        run(&mut optimiser)?;
        sizes::measure(&wasm)
    })
}

/// All that decides what a module's finished files are, and their size.
fn stamp(versions: &[String], calls: &[String], compiled: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    compiled.hash(&mut hasher);
    format!(
        "{}\n{}\n{:016x}\n",
        versions.join("\n"),
        calls.join("\n"),
        hasher.finish()
    )
}

/// Fills a folder unless it was filled under the same stamp, and gives the size that was found when it was. Both lie in
/// a file beside the folder, which is written last and removed first, so that a half-filled folder has none.
fn once(folder: &Path, stamp: &str, fill: impl FnOnce() -> Result<Size>) -> Result<Size> {
    let file = folder.with_extension("stamp");
    if folder.is_dir()
        && let Ok(last) = fs::read_to_string(&file)
        && let Some(size) = last.strip_prefix(stamp).and_then(Size::from_line)
    {
        println!("    nothing has changed");
        return Ok(size);
    }
    if file.exists() {
        fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
    }
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    let size = fill()?;
    fs::write(&file, format!("{stamp}{}", size.to_line()))
        .with_context(|| format!("cannot write {}", file.display()))?;
    Ok(size)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use anyhow::bail;

    use super::*;

    #[test]
    fn a_module_is_finished_once_for_each_stamp_and_again_when_its_files_are_gone() -> Result<()> {
        let root = env::temp_dir().join(format!("xtask-module-{}", std::process::id()));
        let folder = root.join("finished");
        let filled = Cell::new(0);
        let fill = |stamp: &str| {
            once(&folder, stamp, || {
                assert!(!folder.exists(), "files of the last time are left");
                filled.set(filled.get() + 1);
                fs::create_dir_all(&folder)?;
                fs::write(folder.join("engine.js"), stamp)?;
                sizes::measure(&folder.join("engine.js"))
            })
        };
        let size = fill("first")?;
        assert_eq!(
            fill("first")?,
            size,
            "the size is kept with the files it is of"
        );
        assert_eq!(filled.get(), 1);
        fill("second")?;
        assert_eq!(filled.get(), 2);
        fs::remove_dir_all(&folder)?;
        fill("second")?;
        assert_eq!(filled.get(), 3);

        let failed = once(&folder, "third", || {
            fs::create_dir_all(&folder)?;
            bail!("no memory")
        });
        assert!(failed.is_err());
        fill("second")?;
        assert_eq!(
            filled.get(),
            4,
            "what failed half-way must not pass for finished"
        );
        fs::remove_dir_all(&root)?;
        Ok(())
    }

    #[test]
    fn tools_their_arguments_and_what_they_work_on_decide_the_stamp() {
        let stamp = |version: &str, call: &str, compiled: &[u8]| {
            stamp(&[version.to_owned()], &[call.to_owned()], compiled)
        };
        let usual = stamp("1.0.0", "wasm-opt -O1", b"wasm");
        assert_eq!(usual, stamp("1.0.0", "wasm-opt -O1", b"wasm"));
        for other in [
            stamp("1.0.1", "wasm-opt -O1", b"wasm"),
            stamp("1.0.0", "wasm-opt -O2", b"wasm"),
            stamp("1.0.0", "wasm-opt -O1", b"wasn"),
        ] {
            assert_ne!(usual, other);
        }
    }
}
