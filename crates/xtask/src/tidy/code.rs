//! Just enough of a lexer to read Rust and JavaScript without their comments.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Rust,
    JavaScript,
}

/// The text with comments turned into blanks. Lines stay where they are, strings stay as they are.
///
/// Known limits: a template literal of JavaScript is one string, code inside `${}` included; a raw string of Rust ends
/// at its first quotation mark; a nested comment of Rust ends with the inner one; a regular expression of JavaScript
/// counts as code.
pub(super) fn without_comments(text: &str, language: Language) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let comment = comment_length(rest);
        let length = comment
            .or_else(|| string_length(rest, language))
            .unwrap_or(first.len_utf8());
        let (piece, after) = rest.split_at(length);
        if comment.is_some() {
            out.extend(
                piece
                    .chars()
                    .map(|character| if character == '\n' { '\n' } else { ' ' }),
            );
        } else {
            out.push_str(piece);
        }
        rest = after;
    }
    out
}

/// The words of a line of code: names and keywords, each with its position.
pub(super) fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + line[rest..].find(is_word)?;
        let length = line[start..]
            .find(|character| !is_word(character))
            .unwrap_or(line.len() - start);
        rest = start + length;
        Some((start, &line[start..rest]))
    })
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '$'
}

/// The length of the comment that a text starts with, if it does.
fn comment_length(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        Some(text.find('\n').unwrap_or(text.len()))
    } else if text.starts_with("/*") {
        Some(text.find("*/").map_or(text.len(), |end| end + 2))
    } else {
        None
    }
}

/// The length of the string or character literal that a text starts with, if it does.
fn string_length(text: &str, language: Language) -> Option<usize> {
    let quote = text.chars().next()?;
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|&(_, character)| {
        let closing = character == quote && !escaped;
        escaped = character == '\\' && !escaped;
        closing
    });
    let literal = &text[..end?.0 + 1];
    let is_literal = match (quote, language) {
        ('"', _) | ('\'' | '`', Language::JavaScript) => true,
        // The mark also starts a lifetime. A character literal has one character, or a backslash and more.
        ('\'', Language::Rust) => literal.starts_with(r"'\") || literal.chars().count() == 3,
        _ => false,
    };
    is_literal.then_some(literal.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_become_blanks_and_lines_stay() {
        let rust = "let a = 1; // one\n/* two\nlines */let b = 2;\n/// doc\n";
        let code = without_comments(rust, Language::Rust);
        assert_eq!(
            code,
            "let a = 1;       \n      \n        let b = 2;\n       \n"
        );
    }

    #[test]
    fn what_looks_like_a_comment_in_a_string_is_none() {
        for rust in [
            r#"let a = "http://x"; b"#,
            r#"let a = "\"//"; b"#,
            "let a = ('/', '/'); b",
            r"let a = '\''; b",
        ] {
            assert_eq!(without_comments(rust, Language::Rust), rust);
        }
        for script in ["a = 'http://x'; b", "a = `//`; b", r"a = 'it\'s //'; b"] {
            assert_eq!(without_comments(script, Language::JavaScript), script);
        }
    }

    #[test]
    fn a_lifetime_is_no_string() {
        let rust = "fn f<'a>(x: &'a str) {} // it's\nfn g() {}";
        assert_eq!(
            without_comments(rust, Language::Rust),
            "fn f<'a>(x: &'a str) {}        \nfn g() {}"
        );
    }

    #[test]
    fn words_are_names() {
        let found: Vec<(usize, &str)> = words("a.b_c($d, 12)").collect();
        assert_eq!(found, [(0, "a"), (2, "b_c"), (6, "$d"), (10, "12")]);
    }
}
