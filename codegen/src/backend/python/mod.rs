//! Python: pydantic models, validators, and clients, as a package that pip installs.
//!
//! The validators are the judge: a model reads nothing that they refuse. Pydantic's own limits say the same to other tools,
//! where they say it exactly.

mod client;
mod declaration;
mod docs;
mod evaluated;
mod event;
mod imports;
mod limits;
mod literal;
mod naming;
mod order;
mod parts;
mod pattern;
mod project;
mod reserved;
mod runtime;
mod sample;
mod socket_io;
mod table;
mod types;
mod validator;

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::{Backend, Files, Unit, header};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::model::{Contract, SchemaBody, Transport};
use docs::Docstring;
use imports::imports;
use project::Needs;
use table::Table;
use validator::Validators;

/// Models, validators and clients.
#[derive(Debug, Clone, Copy)]
pub struct Python;

impl Backend for Python {
    fn name(&self) -> &'static str {
        "python"
    }

    fn about(&self) -> &'static str {
        "pydantic models, validators, and typed clients, as a package"
    }

    fn problems(&self, unit: &Unit<'_>) -> Option<Diagnostics> {
        Diagnostics::new(unit.schemas.iter().flat_map(|(_, schema)| foreign_patterns(schema)).collect())
    }

    fn generate(&self, unit: &Unit<'_>) -> Files {
        let table = Table::of(unit);
        let validators = Validators::of(unit.plan);
        let print = Print { unit, table: &table, validators: &validators, used: RefCell::default() };
        let package = naming::package_name(unit.name);
        // What is printed last is what the others have asked for.
        let mut files = print.asking();
        let tests = print.public_tests();
        files.insert("_validators.py".to_owned(), print.validators_module(&tests));
        let needs = Needs {
            regex: validators.needs_regex(),
            client: files.contains_key(CLIENT),
            socket_io: files.contains_key(SOCKET_IO),
        };
        files.extend(runtime::files(needs));
        let head = format!("# {}\n", header(unit).replace(literal::is_invisible, " "));
        let in_package = |(name, text): (String, String)| {
            (format!("{package}/{name}"), if name.ends_with(".py") { format!("{head}{text}") } else { text })
        };
        let mut files: Files = files.into_iter().map(in_package).collect();
        files.insert("pyproject.toml".to_owned(), project::pyproject(unit, &package, needs));
        files
    }
}

/// Whether a contract has channels of Socket.IO, or of the other transports.
fn speaks(contract: &Contract, is_socket_io: bool) -> bool {
    contract.channels.iter().any(|it| (it.transport == Transport::SocketIo) == is_socket_io)
}

/// The regular expressions of a schema that Python has no word for.
fn foreign_patterns(schema: &crate::model::Schema) -> Vec<Diagnostic> {
    let SchemaBody::Constraints(constraints) = &schema.body else { return Vec::new() };
    let names = constraints.object.patterns.iter().map(|(source, _)| source);
    let problem = |source: &String| {
        let what = validator::translation(source).err()?;
        let place = Place {
            file: schema.location.file.clone(),
            position: schema.location.position,
            pointer: schema.location.pointer().to_owned(),
        };
        let message = format!("Python's regular expressions have no word for {what} in `{source}`");
        Some(Diagnostic::new("regular-expression", place, message).help("write it without"))
    };
    constraints.string.pattern.iter().chain(names).filter_map(problem).collect()
}

/// What printing needs to know.
struct Print<'p> {
    unit: &'p Unit<'p>,
    table: &'p Table,
    validators: &'p Validators<'p>,
    /// The types that were referred to since somebody asked.
    used: RefCell<BTreeSet<usize>>,
}

const CLIENT: &str = "client.py";
const SOCKET_IO: &str = "socket_io.py";

impl Print<'_> {
    /// The modules that use validators.
    fn asking(&self) -> Files {
        let mut files = Files::from([
            ("models.py".to_owned(), self.models()),
            ("__init__.py".to_owned(), self.init()),
            ("py.typed".to_owned(), String::new()),
        ]);
        if let Some(contract) = self.unit.contract {
            let client = speaks(contract, false).then(|| (CLIENT.to_owned(), self.client(contract)));
            let socket_io = speaks(contract, true).then(|| (SOCKET_IO.to_owned(), self.socket_io(contract)));
            files.extend(client.into_iter().chain(socket_io));
        }
        files
    }

    fn models(&self) -> String {
        let mut sections = Vec::new();
        for index in self.table.in_order() {
            let declaration = self.table.declaration(index);
            if let Some(object) = self.class_object(declaration) {
                sections.push(format!("\n\n{}", self.class(declaration, &object)));
            }
        }
        let aliases = self.aliases();
        let events = self.unit.contract.map(|contract| self.events(contract)).unwrap_or_default();
        let gap = if aliases.is_empty() && events.is_empty() { "" } else { "\n" };
        let body = format!("{}{gap}{aliases}{events}", sections.concat());
        format!("{}\n{}{body}", self.about().print(""), imports(&body))
    }

    fn about(&self) -> Docstring {
        let mut docstring = Docstring::default();
        match self.unit.contract {
            Some(contract) => {
                docstring.paragraph(&format!("{} {}", contract.title, contract.version));
                docstring.paragraph(contract.description.as_deref().unwrap_or_default());
            }
            None => docstring.paragraph(&format!("Types of {}", self.unit.source)),
        }
        docstring
    }

    /// The functions `validate_…` and `is_…` of every type.
    fn public_tests(&self) -> String {
        let one = |index: usize| {
            let declaration = self.table.declaration(index);
            let Some(together) = declaration.together() else { return String::new() };
            let (name, title) = (self.snake(declaration), &declaration.name);
            let test = self.validators.test(together);
            let test = test.strip_prefix("_validators.").unwrap_or(&test);
            format!(
                "\n\ndef validate_{name}(value: object) -> list[Violation]:\n    \
                 \"\"\"Every violation of a JSON value, by the schema of `{title}`.\"\"\"\n    \
                 return violations({test}, plain(value))\n\n\n\
                 def is_{name}(value: object) -> bool:\n    \
                 \"\"\"Whether a JSON value is an instance of the schema of `{title}`.\"\"\"\n    \
                 return accepts({test}, plain(value))\n"
            )
        };
        self.table.in_order().into_iter().map(one).collect()
    }

    fn validators_module(&self, public: &str) -> String {
        let printed = self.validators.print();
        let engines = match (self.validators.has_patterns(), self.validators.needs_regex()) {
            (false, _) => "",
            (true, false) => "import re\n\n",
            (true, true) => "import re\n\nimport regex  # type: ignore[import-untyped,unused-ignore]\n\n",
        };
        let imports = imports(&format!("{printed}{public}")).replacen("\n\n", &format!("\n\n{engines}"), 1);
        let about = "The tests of every schema, as the validation plan has them.";
        format!("\"\"\"{about}\"\"\"\n\n{imports}{printed}{public}")
    }

    /// The package itself: everything that is public.
    fn init(&self) -> String {
        let mut names: Vec<String> = Vec::new();
        let mut tests = Vec::new();
        for index in self.table.in_order() {
            let declaration = self.table.declaration(index);
            names.push(declaration.name.clone());
            let snake = self.snake(declaration);
            if self.class_object(declaration).is_none() {
                names.push(format!("{snake}_codec"));
            }
            if declaration.together().is_some() {
                tests.extend([format!("is_{snake}"), format!("validate_{snake}")]);
            }
        }
        if self.unit.contract.is_some() {
            names.extend(["ServerEvent", "ClientEvent", "server_events", "client_events"].map(str::to_owned));
        }
        let import = |module: &str, names: &[String]| {
            let names: String = names.iter().map(|name| format!("    {name} as {name},\n")).collect();
            if names.is_empty() { names } else { format!("from .{module} import (\n{names})\n") }
        };
        format!(
            "{}\nfrom ._handfast.document import NotJson as NotJson\n\
             from ._handfast.event import UnknownEvent as UnknownEvent\n\
             from ._handfast.model import ABSENT as ABSENT\nfrom ._handfast.model import Absent as Absent\n\
             {TEXTS}\
             from ._handfast.violation import Invalid as Invalid\n\
             from ._handfast.violation import Violation as Violation\n{}{}",
            self.about().print(""),
            import("_validators", &tests),
            import("models", &names),
        )
    }
}

/// The classes of texts that users make most often.
const TEXTS: &str = "from ._handfast.text import Date as Date
from ._handfast.text import DateTime as DateTime
from ._handfast.text import Duration as Duration
from ._handfast.text import Email as Email
from ._handfast.text import Time as Time
from ._handfast.text import Uri as Uri
from ._handfast.text import Uuid as Uuid
";
