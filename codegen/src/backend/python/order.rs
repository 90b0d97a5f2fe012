//! Aliases, each behind those that it refers to; one that refers to a later one is resolved when it is used.

use std::collections::{BTreeMap, BTreeSet};

use super::{Print, literal};

impl Print<'_> {
    /// The types that are no classes, with what reads and writes them.
    pub fn aliases(&self) -> String {
        let mut aliases: BTreeMap<usize, (String, BTreeSet<usize>)> = BTreeMap::new();
        let order = self.table.in_order();
        for index in &order {
            let declaration = self.table.declaration(*index);
            if self.class_object(declaration).is_none() {
                self.used.take();
                let of = self.alias_of(declaration);
                aliases.insert(*index, (of, self.used.take()));
            }
        }
        let needs: BTreeMap<usize, BTreeSet<usize>> =
            aliases.iter().map(|(index, (_, used))| (*index, used.clone())).collect();
        let mut printed = Vec::new();
        for index in order.into_iter().filter(|index| aliases.contains_key(index)) {
            visit(index, &needs, &mut printed, &mut BTreeSet::new());
        }
        let mut text = String::new();
        for (position, index) in printed.iter().enumerate() {
            let (of, used) = &aliases[index];
            let is_early =
                used.iter().any(|it| aliases.contains_key(it) && !printed[..position].contains(it));
            text.push_str(&self.alias(*index, of, is_early));
        }
        text
    }

    fn alias(&self, index: usize, of: &str, is_early: bool) -> String {
        let declaration = self.table.declaration(index);
        let (name, snake) = (&declaration.name, self.snake(declaration));
        let alias = if is_early {
            format!("{name} = TypeAliasType({}, {})", literal::string(name), literal::string(of))
        } else {
            format!("{name}: TypeAlias = {of}")
        };
        let test = declaration.together().map_or("anything".to_owned(), |it| self.validators.test(it));
        format!(
            "\n{alias}\n{}{snake}_codec: Codec[{name}] = Codec({test}, lambda: {name})\n",
            self.docstring(declaration).print("")
        )
    }
}

fn visit(
    index: usize,
    needs: &BTreeMap<usize, BTreeSet<usize>>,
    printed: &mut Vec<usize>,
    around: &mut BTreeSet<usize>,
) {
    if printed.contains(&index) || !around.insert(index) {
        return;
    }
    for need in needs[&index].iter().filter(|need| needs.contains_key(need)) {
        visit(*need, needs, printed, around);
    }
    printed.push(index);
}
