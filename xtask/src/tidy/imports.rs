//! Who may know whom: the two arrows of ARCHITECTURE.md as a table.

use proc_macro2::{TokenStream, TokenTree};

use super::{Findings, Source};
use crate::Problem;

/// Files that may not name something.
struct Ban {
    /// Paths of the files begin with this.
    from: &'static str,
    /// …unless they begin with one of these.
    except: &'static [&'static str],
    /// What they must not name: paths that begin with one of these.
    names: &'static [&'static str],
    /// Why.
    because: &'static str,
}

const PURE: &str = "only cli, xtask, source/disk.rs, emit.rs, transport/, record/proxy/, run/, mock/serve/ and report/file.rs touch the world outside";
const DISK_AND_NETWORK: &[&str] = &[
    "std::fs",
    "std::net::TcpStream",
    "std::net::TcpListener",
    "std::process",
    "std::thread",
    "tokio",
    "reqwest",
];

/// The import table of the house.
static BANS: &[Ban] = &[
    Ban {
        from: "src/",
        except: &[],
        names: DISK_AND_NETWORK,
        because: "generated code links against it: no I/O",
    },
    Ban {
        from: "codegen/src/",
        except: &["codegen/src/source/disk.rs", "codegen/src/emit.rs"],
        names: DISK_AND_NETWORK,
        because: PURE,
    },
    Ban {
        from: "codegen/src/",
        except: &[],
        names: &["handfast"],
        because: "handfast's macros depend on codegen",
    },
    Ban {
        from: "codegen/src/load/",
        except: &[],
        names: &[
            "crate::lower",
            "crate::model",
            "crate::check",
            "crate::plan",
            "crate::shape",
            "crate::backend",
        ],
        because: "loading knows nothing of what a document means",
    },
    Ban {
        from: "codegen/src/model/",
        except: &[],
        names: &[
            "crate::lower",
            "crate::check",
            "crate::plan",
            "crate::shape",
            "crate::backend",
            "crate::source",
        ],
        because: "the model is plain data that nothing before or after it shapes",
    },
    Ban {
        from: "codegen/src/lower/",
        except: &[],
        names: &[
            "crate::check",
            "crate::plan",
            "crate::shape",
            "crate::backend",
            "crate::emit",
            "crate::source",
        ],
        because: "nothing imports rightwards",
    },
    Ban {
        from: "codegen/src/check/",
        except: &[],
        names: &[
            "crate::load",
            "crate::lower",
            "crate::plan",
            "crate::shape",
            "crate::backend",
            "crate::emit",
        ],
        because: "checks read the model alone",
    },
    Ban {
        from: "codegen/src/plan/",
        except: &[],
        names: &[
            "crate::load",
            "crate::lower",
            "crate::check",
            "crate::shape",
            "crate::backend",
            "crate::emit",
        ],
        because: "the plan is made of the model alone",
    },
    Ban {
        from: "codegen/src/backend/",
        except: &[],
        names: &["crate::load", "crate::lower", "crate::check", "crate::source", "crate::emit"],
        because: "back-ends never see a document, a keyword or the disk",
    },
    Ban {
        from: "payload/src/",
        except: &[],
        names: DISK_AND_NETWORK,
        because: "payloads are a pure function of a plan and a seed",
    },
    Ban {
        from: "conformance/src/",
        except: &[
            "conformance/src/transport/",
            "conformance/src/record/proxy/",
            "conformance/src/run/",
            "conformance/src/mock/serve/",
            "conformance/src/report/file.rs",
        ],
        names: &[
            "std::fs",
            "std::net",
            "std::process",
            "std::thread",
            "reqwest",
            "tokio::net",
            "tokio::time::sleep",
        ],
        because: PURE,
    },
    Ban {
        from: "conformance/src/matcher/",
        except: &[],
        names: &["tokio", "crate::run", "crate::report"],
        because: "matching is a pure function of values: time comes in as a value",
    },
    Ban {
        from: "conformance/src/mock/",
        except: &["conformance/src/mock/serve/"],
        names: &["tokio", "hyper", "crate::run", "crate::report"],
        because: "what a mock says is a pure function of what came and when",
    },
    Ban {
        from: "conformance/src/rules/",
        except: &[],
        names: &["tokio", "crate::run", "crate::report", "crate::transport"],
        because: "a rule sees frames, not connections",
    },
    Ban {
        from: "conformance/src/evolution/",
        except: &[],
        names: &["tokio", "crate::run", "crate::matcher", "crate::transport", "crate::session"],
        because: "a comparison reads two revisions, and nothing that runs",
    },
    Ban {
        from: "conformance/src/session/",
        except: &[],
        names: &["tokio", "crate::run", "crate::report", "crate::matcher"],
        because: "a session is data",
    },
    Ban {
        from: "conformance/src/record/script/",
        except: &[],
        names: &["tokio", "crate::run", "crate::report", "crate::record::proxy"],
        because: "a session is written from a trace, whatever that came from",
    },
    Ban {
        from: "conformance/src/report/",
        except: &[],
        names: &["crate::run", "crate::matcher", "crate::rules", "crate::session", "crate::transport"],
        because: "reporters only read events",
    },
    Ban {
        from: "conformance/src/transport/",
        except: &[],
        names: &[
            "crate::run",
            "crate::matcher",
            "crate::rules",
            "crate::session",
            "crate::report",
            "crate::verdict",
            "handfast_codegen",
        ],
        because: "a transport carries frames and knows nothing of contracts, sessions or verdicts",
    },
    Ban {
        from: "cli/src/",
        except: &[],
        names: &["reqwest", "tokio_tungstenite"],
        because: "the command is thin: transports are the runner's",
    },
];

pub fn check(sources: &[Source]) -> Result<Findings, Problem> {
    let mut findings = Vec::new();
    for source in sources.iter().filter(|source| source.has_ending("rs")) {
        let bans: Vec<&Ban> = BANS.iter().filter(|ban| ban.holds_for(&source.path)).collect();
        if bans.is_empty() {
            continue;
        }
        let tokens: TokenStream =
            source.read()?.parse().map_err(|error| format!("{}: {error}", source.path))?;
        let named = paths(tokens);
        for ban in bans {
            let broken = named.iter().filter(|path| ban.names.iter().any(|name| begins_with(path, name)));
            findings
                .extend(broken.map(|path| format!("{} names `{path}`, but {}", source.path, ban.because)));
        }
    }
    findings.dedup();
    Ok(findings)
}

impl Ban {
    fn holds_for(&self, path: &str) -> bool {
        // Tests may know anything.
        path.starts_with(self.from)
            && !path.ends_with("/tests.rs")
            && !self.except.iter().any(|except| path.starts_with(except))
    }
}

fn begins_with(path: &str, name: &str) -> bool {
    path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// Every path in a file, those in groups of a `use` spelled out. What stands in a test or a macro counts as well.
fn paths(tokens: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    collect(tokens, "", &mut found);
    found
}

fn collect(tokens: TokenStream, prefix: &str, found: &mut Vec<String>) {
    let mut path = prefix.to_owned();
    let mut is_in_path = false;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(name) if is_in_path => path.push_str(&format!("::{name}")),
            TokenTree::Ident(name) => {
                finish(&mut path, prefix, found);
                path = if prefix.is_empty() { name.to_string() } else { format!("{prefix}::{name}") };
            }
            TokenTree::Group(group) if is_in_path => collect(group.stream(), &path, found),
            TokenTree::Group(group) => {
                finish(&mut path, prefix, found);
                collect(group.stream(), "", found);
            }
            TokenTree::Punct(punct) if punct.as_char() == ':' => {
                let is_second =
                    matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == ':');
                if is_second {
                    tokens.next();
                    is_in_path = !path.is_empty();
                    continue;
                }
            }
            _ => finish(&mut path, prefix, found),
        }
        is_in_path = false;
    }
    finish(&mut path, prefix, found);
}

/// Keeps the path, unless it is no more than what the group around it began with.
fn finish(path: &mut String, prefix: &str, found: &mut Vec<String>) {
    if path.contains("::") && path != prefix {
        found.push(std::mem::take(path));
    }
    path.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_groups_are_spelled_out() {
        let source =
            "use crate::{load::Node, model}; fn f(x: std::fs::File) { tokio::spawn(g::<u8>(::a::b)) }";
        let found = paths(source.parse().unwrap());
        for path in ["crate::load::Node", "crate::model", "std::fs::File", "tokio::spawn"] {
            assert!(found.iter().any(|one| one == path), "{path} in {found:?}");
        }
    }

    #[test]
    fn a_ban_is_for_whole_segments() {
        assert!(begins_with("crate::run::drive", "crate::run"));
        assert!(!begins_with("crate::runner", "crate::run"));
    }
}
