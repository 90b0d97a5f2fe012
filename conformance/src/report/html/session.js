// One session: what it came to, why, and what happened.

/** Draws a session, its frame `frameIdx` open. */
function sessionPage(session, frameIdx) {
  const sequence = new Sequence(session, frameIdx);
  const page = [
    h('a', { class: 'back', href: '#/' }, '← all sessions'),
    h('h2', { tabindex: '-1', class: 'session-title' }, badge(session.verdict), ' ', fullName(session)),
    facts(session),
    h('div', { class: 'causes' }, session.failures.map((failure, idx) => cause(session, failure, idx, sequence))),
    session.skipped && h('p', { class: 'reason' }, h('b', {}, 'Skipped: '), session.skipped),
    !['passed', 'skipped'].includes(session.verdict) && reproduction(session),
    timeAxis(session),
    sequence.element,
  ];
  return { page, sequence };
}

function facts(session) {
  const fact = (name, value) => h('div', {}, h('dt', {}, name), h('dd', {}, value));
  const isElsewhere = session.target !== RUN.started.target;
  return h(
    'dl',
    { class: 'facts' },
    fact('file', h('code', {}, session.file)),
    fact('contract', session.contract),
    isElsewhere && fact('target', h('code', {}, session.target)),
    session.grade && fact('grade', session.grade),
    fact('took', time(session['duration-ms'])),
    fact('events', session['n-frames'].toLocaleString('en')),
    session['n-attempts'] > 1 && fact('attempts', String(session['n-attempts'])),
    fact("runner's lag", h('span', { class: session['lag-ms'] >= 50 ? 'much' : '' }, time(session['lag-ms']))),
  );
}

/** Why it did not pass: the first failure is the cause, the others followed. */
function cause(session, failure, idx, sequence) {
  const verdict = weight(failure);
  const frameIdx = failure['frame-idx'];
  const { step } = failure;
  return h(
    'article',
    { class: `cause ${verdict}` },
    h('h3', {}, h('code', { class: `rule ${verdict}` }, failure.rule), failure.event && h('span', { class: 'event' }, failure.event), idx === 0 && session.failures.length > 1 && h('span', { class: 'first' }, 'came first')),
    h('p', { class: 'message' }, inCode(failure.message)),
    failure.known && h('p', { class: 'reason' }, h('b', {}, 'Known: '), failure.known),
    step && h('p', { class: 'step' }, h('code', {}, `${session.file}:${step.line}`), ' ', step.text),
    (failure.differences ?? []).length > 0 && differences(failure),
    failure.help && h('p', { class: 'help' }, h('b', {}, 'Help: '), inCode(failure.help)),
    frameIdx !== undefined && session.transcript[frameIdx] &&
      h('p', {}, h('button', { type: 'button', click: () => sequence.openFrame(frameIdx, true) }, 'Show the frame')),
  );
}

/** A sentence, with what stands in backticks as code. */
function inCode(text) {
  return text.split('`').map((part, idx) => (idx % 2 === 1 ? h('code', {}, part) : part));
}

function differences({ rule, differences: rows }) {
  const wantedName = rule === 'schema' ? 'rule' : 'expected';
  const row = ({ at, wanted, found }) =>
    h('tr', {},
      h('th', { scope: 'row' }, h('code', {}, at === '' ? 'all of it' : at)),
      h('td', { class: 'wanted', 'data-name': wantedName }, rule === 'schema' ? inCode(unprefixed(wanted)) : h('code', {}, wanted)),
      h('td', { class: 'found', 'data-name': 'found' }, h('code', {}, found)));
  return h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Differences' },
    h('table', { class: 'differences' },
      h('thead', {}, h('tr', {}, ['where', wantedName, 'found'].map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, rows.map(row))),
  );
}

function reproduction(session) {
  const text = h('code', { tabindex: '0' }, session.reproduce);
  const said = h('span', { role: 'status', class: 'said' });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(session.reproduce);
      said.textContent = 'copied';
    } catch {
      // Where there is no clipboard, the text is ready to be copied by hand.
      getSelection().selectAllChildren(text);
      said.textContent = 'selected';
    }
  };
  return h('div', { class: 'reproduce' }, h('h3', {}, 'Reproduce'), h('div', { class: 'command' }, text, h('button', { type: 'button', click: copy }, 'Copy'), said));
}
