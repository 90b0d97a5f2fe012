// The list of sessions, with search and filter.

class SessionList {
  constructor() {
    this.verdicts = new Set(Object.keys(VERDICTS));
    this.query = '';
    this.items = RUN.sessions.map((session) => [session, this.item(session)]);
    this.list = h('ul', { class: 'session-list', keydown: (event) => this.moved(event) }, this.items.map(([, item]) => item));
    this.status = h('p', { class: 'status', role: 'status' });
    this.apply();
  }

  elements() {
    const search = h('input', {
      type: 'search',
      id: 'search',
      placeholder: 'Search names, events, frames',
      'aria-label': 'Search sessions',
      input: (event) => {
        this.query = event.target.value.trim().toLowerCase();
        this.apply();
      },
      keydown: (event) => {
        if (event.key === 'ArrowDown') this.visibleLinks()[0]?.focus();
      },
    });
    const counts = verdictCounts(RUN.sessions);
    const chips = counts.length > 1 && h('div', { class: 'chips', role: 'group', 'aria-label': 'Verdicts that are shown' }, counts.map(([verdict, n]) => this.chip(verdict, n)));
    return [h('div', { class: 'tools' }, search, chips), this.list, this.status];
  }

  /** The first press shows this verdict alone; when nothing else is shown, all come back. */
  chip(verdict, n) {
    const { mark, label } = VERDICTS[verdict];
    const button = h('button', { type: 'button', class: `chip ${verdict}`, 'aria-pressed': 'false', 'data-verdict': verdict },
      h('span', { class: 'mark', 'aria-hidden': 'true' }, mark), `${n} ${label}`);
    button.addEventListener('click', () => {
      const isAlone = button.getAttribute('aria-pressed') === 'true';
      this.verdicts = new Set(isAlone ? Object.keys(VERDICTS) : [verdict]);
      for (const chip of button.parentElement.children) {
        chip.setAttribute('aria-pressed', String(!isAlone && chip === button));
      }
      this.apply();
    });
    return button;
  }

  item(session) {
    const { mark, label } = VERDICTS[session.verdict];
    const [failure] = session.failures;
    return h('li', {},
      h('a', { href: linkTo(session), 'data-idx': session['session-idx'] },
        h('span', { class: `mark ${session.verdict}`, role: 'img', 'aria-label': label }, mark),
        h('span', { class: 'session-name' }, fullName(session), failure && h('span', { class: 'session-cause' }, [failure.rule, failure.event].filter(Boolean).join(' · ')), session.skipped && h('span', { class: 'session-cause' }, session.skipped)),
        h('span', { class: 'session-time' }, session.skipped ? '' : time(session['duration-ms']))));
  }

  apply() {
    let nShown = 0;
    for (const [session, item] of this.items) {
      const isShown = this.verdicts.has(session.verdict) && (this.query === '' || haystack(session).includes(this.query));
      item.hidden = !isShown;
      nShown += isShown ? 1 : 0;
    }
    const all = this.items.length;
    this.status.textContent = nShown === all ? counted(all, 'session') : `${nShown} of ${counted(all, 'session')}`;
  }

  visibleLinks() {
    return [...this.list.querySelectorAll('li:not([hidden]) > a')];
  }

  moved(event) {
    moveFocus(event, this.visibleLinks());
  }

  /** Marks the session that is shown. */
  select(idx) {
    for (const [session, item] of this.items) {
      const link = item.firstElementChild;
      if (session['session-idx'] === idx) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  }
}
