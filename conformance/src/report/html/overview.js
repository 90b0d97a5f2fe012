// The run: what it came to, and what its sessions failed for.

const MAX_LINKS = 12;

/** The head of the page. */
function runHead() {
  const { started, finished, sessions } = RUN;
  const verdict = runVerdict();
  const counts = verdictCounts(sessions);
  const nBad = sessions.filter((session) => !['passed', 'known', 'skipped'].includes(session.verdict)).length;
  const share = started.share ? `, shard ${started.share.shard.number}/${started.share.shard.of}` : '';
  document.title = `${VERDICTS[verdict].mark} ${headline(verdict, nBad)} · Handfast`;
  return [
    h('div', { class: 'run-title' }, h('p', { class: 'wordmark' }, 'handfast', h('span', {}, ' report')), h('h1', { class: verdict }, h('span', { class: 'mark', 'aria-hidden': 'true' }, VERDICTS[verdict].mark), headline(verdict, nBad))),
    h('p', { class: 'run-facts' }, h('code', {}, started.target), h('span', {}, `seed ${started.seed}${share}`), h('span', {}, time(finished['duration-ms'])), h('span', {}, `exit code ${finished['exit-code']}`)),
    sessions.length > 0 && h('div', { class: 'shares', role: 'img', 'aria-label': counts.map(([name, n]) => `${n} ${VERDICTS[name].label}`).join(', ') },
      counts.map(([name, n]) => placed(h('span', { class: name }), { 'flex-grow': String(n) }))),
  ];
}

function headline(verdict, nBad) {
  const { sessions, started, finished } = RUN;
  const nMissing = started['n-sessions'] - sessions.length;
  if (nBad > 0) return `${nBad} of ${counted(sessions.length, 'session')} did not pass`;
  if (nMissing > 0) return `${counted(nMissing, 'session')} of ${started['n-sessions']} not played`;
  if (verdict === 'failed') return 'The list of known failures is stale';
  const nSkipped = finished['n-skipped'] ?? 0;
  const skipped = nSkipped > 0 ? `, ${nSkipped} skipped` : '';
  return sessions.length === 0 ? 'No sessions' : `${counted(sessions.length - nSkipped, 'session')} passed${skipped}`;
}

function overviewPage() {
  const { finished, sessions } = RUN;
  const groups = causes(sessions);
  const stale = (finished.known ?? []).filter((known) => known.stale);
  const known = (finished.known ?? []).filter((one) => !one.stale);
  return [
    h('h2', { tabindex: '-1', class: 'hidden' }, 'The run'),
    groups.length > 0 && section('Why', h('ul', { class: 'groups' }, groups.map(group))),
    groups.length === 0 && h('p', { class: 'all-well' }, 'Every session that was played came to a good end. Choose one to see what happened.'),
    stale.length > 0 && section('Stale known failures', h('ul', {}, stale.map((one) => h('li', {}, one.stale)))),
    (finished.flakes ?? []).length > 0 && section('Flaky', flakes(finished.flakes)),
    (finished['n-skipped'] ?? 0) > 0 && section('Skipped', skips(sessions)),
    known.length > 0 && section('Known failures', h('ul', { class: 'known-list' }, known.map(knownOne))),
    lateness(sessions),
    finished['server-output'] && section('The server printed last', h('pre', { class: 'code', tabindex: '0', 'aria-label': "The server's output" }, finished['server-output'])),
  ];
}

function section(title, ...children) {
  return h('section', { class: 'card' }, h('h3', {}, title), children);
}

/** Sessions by the cause of their failure, the most frequent first. */
function causes(sessions) {
  const groups = new Map();
  for (const session of sessions) {
    const [failure] = session.failures;
    if (!failure || session.verdict === 'known') continue;
    const key = JSON.stringify([failure.verdict, failure.rule, failure.event]);
    const members = groups.get(key)?.members ?? [];
    groups.set(key, { failure, members: [...members, session] });
  }
  return [...groups.values()].sort((a, b) => b.members.length - a.members.length);
}

function group({ failure, members }) {
  const link = (session) => h('li', {}, h('a', { href: linkTo(session, failure['frame-idx'] === undefined ? undefined : session.failures[0]['frame-idx']) }, fullName(session)));
  const nMore = members.length - MAX_LINKS;
  return h('li', { class: 'group' },
    h('p', { class: 'group-title' }, h('code', { class: `rule ${failure.verdict}` }, failure.rule), failure.event && h('span', { class: 'event' }, failure.event), h('span', { class: 'n' }, counted(members.length, 'session'))),
    h('p', { class: 'message' }, inCode(failure.message)),
    h('ul', { class: 'links' }, members.slice(0, MAX_LINKS).map(link), nMore > 0 && h('li', {}, `and ${nMore} more`)));
}

function flakes(list) {
  const row = (flake) => h('tr', {},
    h('th', { scope: 'row' }, flake.name),
    h('td', { class: 'number' }, `${flake['n-passed']} of ${flake['n-played']}`),
    h('td', {}, flake.causes.map((one) => h('div', {}, h('code', { class: `rule ${one.verdict}` }, one.rule), one.event ? ` ${one.event}` : '', ` × ${one['n-times']}`))));
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Flaky sessions' },
    h('table', {}, h('thead', {}, h('tr', {}, ['session', 'passed', 'otherwise'].map((name) => h('th', { scope: 'col' }, name)))), h('tbody', {}, list.map(row))));
}

/** What was not played, by the reason, the most frequent first. */
function skips(sessions) {
  const counts = new Map();
  for (const { skipped } of sessions) {
    if (skipped) counts.set(skipped, (counts.get(skipped) ?? 0) + 1);
  }
  const rows = [...counts].sort(([, a], [, b]) => b - a);
  return h('ul', { class: 'known-list' }, rows.map(([reason, n]) => h('li', {}, reason, h('span', { class: 'n' }, ` ${counted(n, 'session')}`))));
}

function knownOne({ entry, 'n-failures': nFailures }) {
  return h('li', {}, h('code', { class: 'rule known' }, entry.rule), ' ', entry.session, ': ', entry.reason, h('span', { class: 'n' }, ` ${counted(nFailures, 'failure')}`));
}

/** How late the runner was: what a verdict on a deadline is worth. */
function lateness(sessions) {
  const worst = sessions.reduce((most, session) => (session['lag-ms'] > (most?.['lag-ms'] ?? -1) ? session : most), undefined);
  if (!worst) return null;
  return section("The runner's lag", h('p', {}, 'At most ', h('b', {}, time(worst['lag-ms'])), ', in ', h('a', { href: linkTo(worst) }, fullName(worst)), '. A deadline that this can explain is inconclusive, never failed.'));
}
