//! The events of a contract: a union for each side, and what reads them by their names.

use super::literal::string;
use super::table::Content;
use super::{Print, literal};
use crate::model::{Contract, EventIdx, Side};

impl Print<'_> {
    /// Both sides' unions and readers.
    pub fn events(&self, contract: &Contract) -> String {
        let side = |side: Side, word: &str| {
            let events = contract.direction(side);
            self.side(contract, word, &events)
        };
        side(Side::Server, "server") + &side(Side::Client, "client")
    }

    fn side(&self, contract: &Contract, word: &str, events: &[EventIdx]) -> String {
        let (capital, mut names) = (crate::names::pascal_case(word), Vec::new());
        for event in events {
            let name = self.event_type(*event);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let union = match names.as_slice() {
            [] => "Never".to_owned(),
            [one] => one.clone(),
            all => format!("Union[{}]", all.join(", ")),
        };
        let path = contract.rules.name_path().filter(|path| !path.is_empty());
        let path = path.map_or("None".to_owned(), |path| literal::strings(path.iter().map(String::as_str)));
        let entry = |event: &EventIdx| {
            let name = string(&contract[*event].name);
            format!("        {name}: {},\n", self.codec(*event))
        };
        let entries: String = events.iter().map(entry).collect();
        format!(
            "\n{capital}Event: TypeAlias = {union}\n\"\"\"An event that the {word} sends.\"\"\"\n\
             {word}_events: EventSet[{capital}Event] = EventSet(\n    {{\n{entries}    }},\n    path={path},\n)\n\
             \"\"\"Reads and writes what the {word} sends.\"\"\"\n"
        )
    }

    /// The type of an event, `None` among it where its payload may be `null`.
    pub fn event_type(&self, event: EventIdx) -> String {
        let Some(index) = self.table.event(event) else { return "Any".to_owned() };
        let name = &self.table.declaration(index).name;
        if self.leaves_null_out(index) { super::types::or_none(name) } else { name.clone() }
    }

    fn codec(&self, event: EventIdx) -> String {
        let declaration = self.table.event(event).map(|index| self.table.declaration(index));
        let test = declaration
            .and_then(|it| it.together())
            .map_or("anything".to_owned(), |together| self.validators.test(together));
        let is_described = declaration.is_some_and(|it| !matches!(it.content, Content::Undescribed));
        let of = if is_described { self.event_type(event) } else { "Any".to_owned() };
        format!("Codec({test}, lambda: {of})")
    }
}
