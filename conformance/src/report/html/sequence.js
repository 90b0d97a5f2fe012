// The sequence diagram: both sides as lines from top to bottom, everything that crossed between them as an arrow that opens.

/** How many rows are drawn at a time. */
const PAGE = 200;
/** How many rows before the cause are drawn at first. */
const BEFORE_CAUSE = 40;
/** A pause from this length on is drawn as one. */
const MIN_GAP_MS = 50;
const MAX_PREVIEW = 120;

/** The diagram of a session, with what filters it. */
class Sequence {
  constructor(session, frameIdx) {
    this.session = session;
    this.sides = new Set(['client', 'server', 'runner']);
    this.query = '';
    this.onlyViolations = false;
    this.list = h('ol', { class: 'frames', keydown: (event) => this.moved(event) });
    this.status = h('p', { class: 'status', role: 'status' });
    this.element = h(
      'section',
      { class: 'sequence', 'aria-labelledby': 'sequence-title' },
      h('h3', { id: 'sequence-title' }, 'What happened'),
      this.controls(),
      h('div', { class: 'lifelines', 'aria-hidden': 'true' }, h('span', { class: 'at' }, 'ms'), h('span', { class: 'heads' }, h('span', {}, 'client'), h('span', {}, 'server'))),
      this.list,
      this.status,
    );
    const cause = frameIdx ?? [...session.violations.keys()].sort((a, b) => a - b)[0];
    this.from = cause === undefined ? 0 : Math.max(0, cause - BEFORE_CAUSE);
    this.to = this.from + PAGE;
    this.draw();
    if (cause !== undefined) this.openFrame(cause);
  }

  controls() {
    const { session } = this;
    const search = h('input', {
      type: 'search',
      placeholder: 'Filter by event or text',
      'aria-label': 'Filter what happened',
      input: (event) => this.filter(() => { this.query = event.target.value.trim().toLowerCase(); }),
    });
    const toggle = (label, isOn, change) => {
      const button = h('button', { type: 'button', class: 'toggle', 'aria-pressed': String(isOn) }, label);
      button.addEventListener('click', () => {
        const isPressed = button.getAttribute('aria-pressed') !== 'true';
        button.setAttribute('aria-pressed', String(isPressed));
        this.filter(() => change(isPressed));
      });
      return button;
    };
    const side = (name) => toggle(name, true, (isOn) => (isOn ? this.sides.add(name) : this.sides.delete(name)));
    const has = (name) => session.transcript.some(({ by }) => by === name);
    return h(
      'div',
      { class: 'controls', role: 'group', 'aria-label': 'What of it is shown' },
      search,
      ['client', 'server', 'runner'].filter(has).map(side),
      session.violations.size > 0 && toggle('only what is wrong', false, (isOn) => { this.onlyViolations = isOn; }),
    );
  }

  filter(change) {
    change();
    this.from = 0;
    this.to = PAGE;
    this.draw();
  }

  isShown(line, idx) {
    if (!this.sides.has(line.by)) return false;
    if (this.onlyViolations && !this.session.violations.has(idx)) return false;
    return this.query === '' || `${line.what}\n${line.text}`.toLowerCase().includes(this.query);
  }

  draw() {
    const { transcript } = this.session;
    const shown = transcript.map((line, idx) => [line, idx]).filter(([line, idx]) => this.isShown(line, idx));
    const page = shown.slice(this.from, this.to);
    const rows = [];
    if (this.from > 0) rows.push(this.more(`Show ${counted(Math.min(PAGE, this.from), 'earlier one')}`, () => { this.from = Math.max(0, this.from - PAGE); }));
    let before = this.from > 0 ? shown[this.from - 1][0] : undefined;
    for (const [line, idx] of page) {
      const isAdjacent = before === undefined || before === transcript[idx - 1];
      rows.push(...this.pauses(before, line, isAdjacent), this.frame(line, idx));
      before = line;
    }
    const nLater = shown.length - this.from - page.length;
    if (nLater > 0) rows.push(this.more(`Show ${counted(Math.min(PAGE, nLater), 'later one')}`, () => { this.to += PAGE; }));
    fill(this.list, rows);
    const all = transcript.length;
    fill(this.status, shown.length === all ? counted(all, 'line') : `${shown.length} of ${counted(all, 'line')}`, this.session.nLeftOut > 0 && `, ${this.session.nLeftOut} left out to keep the page small`);
  }

  more(label, change) {
    return h('li', { class: 'more' }, h('button', { type: 'button', click: () => { change(); this.draw(); } }, label));
  }

  /** The time that passes before `line`, and how late the runner was in it. */
  pauses(before, line, isAdjacent) {
    const since = before?.['at-ms'] ?? 0;
    const gap = line['at-ms'] - since;
    const delays = (this.session.delays ?? []).filter((delay) => delay['at-ms'] > since && delay['at-ms'] <= line['at-ms']);
    const late = Math.max(0, ...delays.map((delay) => delay['late-ms']));
    const rows = [];
    if (gap >= MIN_GAP_MS && isAdjacent) {
      const height = `${Math.min(4.5, 0.9 + Math.log2(gap / MIN_GAP_MS) * 0.45).toFixed(2)}rem`;
      rows.push(placed(h('li', { class: 'gap' }, h('span', { class: 'at' }), h('span', { class: 'wire' }, h('span', {}, `${time(gap)} later`))), { '--gap': height }));
    }
    if (late > 0 && isAdjacent) {
      rows.push(h('li', { class: 'late' }, h('span', { class: 'at' }), h('span', { class: 'wire' }, h('span', {}, `the runner was ${time(late)} late`))));
    }
    return rows;
  }

  frame(line, idx) {
    const failures = this.session.violations.get(idx) ?? [];
    const details = h('details', { toggle: () => this.toggled(details, line, failures) });
    const verdict = gravest(failures);
    const actor = line.by === 'runner' ? 'the runner' : `the ${line.by}`;
    const wrong = failures.length > 0 && h('span', { class: `wrong ${verdict}` }, failures.map(({ rule }) => rule).filter((rule, n, all) => all.indexOf(rule) === n).join(', '));
    const preview = line.text.replaceAll(/\s+/gu, ' ').slice(0, MAX_PREVIEW);
    append(details, [
      h(
        'summary',
        {},
        h('span', { class: 'at' }, line['at-ms'].toFixed(1)),
        h('span', { class: 'wire' },
          h('span', { class: 'label' },
            h('span', { class: 'hidden' }, `${actor}: `),
            h('span', { class: 'name' }, line.what),
            wrong,
            preview !== '' && h('span', { class: 'preview', 'aria-hidden': 'true' }, preview))),
      ),
    ]);
    return h('li', { class: ['frame', line.by, verdict && `marked ${verdict}`, quiet(line) && 'quiet'].filter(Boolean).join(' '), id: `frame-${idx}` }, details);
  }

  /** A frame's text is drawn when it is opened for the first time. */
  toggled(details, line, failures) {
    if (details.open && details.children.length === 1) details.append(payload(line, failures));
  }

  openFrame(idx, isFocused = false) {
    const find = () => this.list.querySelector(`#frame-${idx} > details`);
    if (!find()) {
      this.from = Math.max(0, idx - BEFORE_CAUSE);
      this.to = this.from + PAGE;
      this.draw();
    }
    const details = find();
    if (!details) return;
    details.open = true;
    if (!isFocused) return;
    details.scrollIntoView({ block: 'center' });
    details.querySelector('summary').focus({ preventScroll: true });
  }

  /** Arrow keys go from frame to frame. */
  moved(event) {
    if (event.target.tagName !== 'SUMMARY') return;
    moveFocus(event, [...this.list.querySelectorAll('summary')]);
  }
}

/** What carries no event is drawn thinner. */
function quiet({ what }) {
  return ['open', 'closed', 'close', 'disconnect'].includes(what);
}

/** Moves the focus to the element before or after the one that has it. */
function moveFocus(event, elements) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const next = elements[elements.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
