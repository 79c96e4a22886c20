//! Shell completions and the manual page, made from the same words as `--help`.

use super::args::{Cli, Shell};
use clap::CommandFactory;

/// The completions of a shell.
pub(super) fn completions(shell: Shell) -> Vec<u8> {
    let mut out = Vec::new();
    let shell = match shell {
        Shell::Bash => clap_complete::Shell::Bash,
        Shell::Zsh => clap_complete::Shell::Zsh,
        Shell::Fish => clap_complete::Shell::Fish,
    };
    clap_complete::generate(shell, &mut Cli::command(), "masthead", &mut out);
    out
}

/// The manual page as roff: the program, then each subcommand.
///
/// # Errors
/// None in practice: it is written into memory.
pub(super) fn man() -> std::io::Result<Vec<u8>> {
    let mut command = Cli::command();
    command.build();
    let mut out = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut out)?;
    for sub in command.get_subcommands() {
        let page = clap_mangen::Man::new(sub.clone());
        let mut title = Vec::new();
        page.render_synopsis_section(&mut title)?;
        out.extend(format!(".SH \"MASTHEAD {}\"\n", sub.get_name().to_uppercase()).into_bytes());
        page.render_description_section(&mut out)?;
        page.render_options_section(&mut out)?;
        page.render_extra_section(&mut out)?;
    }
    Ok(out)
}
