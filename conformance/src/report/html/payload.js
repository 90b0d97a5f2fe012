// A frame's text, with what is wrong with it where it is wrong.

/** Socket.IO's packet: type, namespace, acknowledgement, then an array whose first item is the event's name. */
const PACKET = /^\d+(?:-)?(?:\/[^,]*,)?\d*$/u;

/** The text of a line of the transcript, opened. */
function payload(line, failures) {
  const { prefix, lines, isCut } = jsonLines(line.text);
  const notes = notesByPointer(failures, toText(prefix, lines));
  const marked = lines.length > 0 ? attached(lines, notes) : new Map();
  const shown = lines.map((jsonLine, idx) => codeLine(jsonLine, marked.get(idx) ?? []));
  const loose = lines.length > 0 ? [] : [...notes.values()].flat();
  return h(
    'div',
    { class: 'payload' },
    failures.length > 0 && h('ul', { class: 'broken-rules' }, failures.map(brokenRule)),
    line.text === ''
      ? h('p', { class: 'nothing' }, 'Nothing more is said of it.')
      : h('pre', { class: 'code', tabindex: '0', 'aria-label': `${line.what}, its text` },
          prefix !== '' && h('span', { class: 'line text' }, prefix), shown, loose.map(noteOf)),
    isCut && h('p', { class: 'nothing' }, 'The rest of it is not shown.'),
  );
}

function brokenRule(failure) {
  return h('li', {}, h('code', { class: `rule ${weight(failure)}` }, failure.rule), ' ', inCode(failure.message));
}

/** How a pointer into the event's data becomes one into the text. */
function toText(prefix, lines) {
  const isPacket = PACKET.test(prefix) && lines[0]?.parts[0]?.[1] === '[' && /^\/0$/u.test(lines[1]?.pointer ?? '');
  if (!isPacket) return (pointer) => pointer;
  const nItems = lines.filter(({ pointer, parts }) => /^\/\d+$/u.test(pointer) && parts.length > 0).length;
  if (nItems <= 2) return (pointer) => `/1${pointer}`;
  return (pointer) => pointer.replace(/^\/(\d+)/u, (_, idx) => `/${Number(idx) + 1}`);
}

/** What is wrong, by the pointer at which it is. */
function notesByPointer(failures, toTextPointer) {
  const notes = new Map();
  for (const failure of failures) {
    for (const { at, wanted, found } of failure.differences ?? []) {
      const pointer = toTextPointer(at);
      const isViolation = failure.rule === 'schema';
      const text = isViolation ? unprefixed(wanted).replaceAll('`', '') : `expected ${wanted}`;
      const note = { text, isMissing: found === 'nothing', at, verdict: weight(failure) };
      notes.set(pointer, [...(notes.get(pointer) ?? []), note]);
    }
  }
  return notes;
}

/** A violation, without the pointer that it begins with: it stands where that leads. */
function unprefixed(violation) {
  return violation.replace(/^`[^`]*` /u, '');
}

/** Which notes stand at which line: at that of the value, or of the nearest one around it that is there. */
function attached(lines, notes) {
  const lineOf = new Map();
  lines.forEach(({ pointer }, idx) => {
    if (!lineOf.has(pointer)) lineOf.set(pointer, idx);
  });
  const byLine = new Map();
  for (const [pointer, those] of notes) {
    let place = pointer;
    while (!lineOf.has(place) && place !== '') place = place.slice(0, place.lastIndexOf('/'));
    const idx = lineOf.get(place) ?? 0;
    const told = place === pointer ? those : those.map((note) => ({ ...note, text: `${note.at}: ${note.text}` }));
    byLine.set(idx, [...(byLine.get(idx) ?? []), ...told]);
  }
  return byLine;
}

function codeLine({ depth, parts }, notes) {
  const line = h('span', { class: notes.length > 0 ? `line marked ${notes[0].verdict}` : 'line' });
  placed(line, { '--depth': String(depth) });
  append(line, parts.map(([kind, text]) => (kind === 'mark' ? text : h('span', { class: kind }, text))));
  append(line, notes.map(noteOf));
  return line;
}

function noteOf({ text, isMissing, verdict }) {
  return h('span', { class: `note ${verdict}` }, h('span', { 'aria-hidden': 'true' }, isMissing ? '∅ ' : '✗ '), isMissing ? `missing: ${text}` : text);
}
