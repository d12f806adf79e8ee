//! The deal library: files that come with the crate, so that nothing has to be fetched.

use crate::node::Node;

/// A deal of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LibraryDeal {
    /// Name for the command line, links and `base`.
    pub id: &'static str,
    /// The deal file, TOML.
    pub text: &'static str,
}

/// The deals, the default first.
pub static LIBRARY: [LibraryDeal; 3] = [
    LibraryDeal {
        id: "microsoft-openai-2025",
        text: include_str!("../library/microsoft-openai-2025.toml"),
    },
    LibraryDeal {
        id: "microsoft-openai-2023",
        text: include_str!("../library/microsoft-openai-2023.toml"),
    },
    LibraryDeal {
        id: "microsoft-openai-2026",
        text: include_str!("../library/microsoft-openai-2026.toml"),
    },
];

/// The tree of a deal of the library.
pub(crate) fn tree(id: &str) -> Option<Node> {
    let deal = LIBRARY.iter().find(|deal| deal.id == id)?;
    // A test opens every deal of the library, so the texts are known to be TOML.
    Node::from_toml(deal.text).ok()
}
