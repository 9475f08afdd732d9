import * as store from './store.js';
import { Letters } from './letters.js';
import { Orders } from './orders.js';
import { Outbox } from './outbox.js';
import { Patrol } from './patrol.js';
import { Report } from './report.js';
import { Tasks } from './tasks.js';
import { ask } from './requests.js';
import { text } from './texts.js';

// The page: who is here, which view is shown (the part of the address behind #), and what it says at its top. What the person takes along comes from /api/field/start when there is a network,
// else from what the phone kept.

const startPatience = 8_000, views = ['report', 'tasks', 'outbox', 'patrol'];
const at = name => document.querySelector(name);
let start = null, outbox, report, tasks, orders, letters, patrol, saying;

worker();
open();

async function worker() {
  if ('serviceWorker' in navigator)
    await navigator.serviceWorker.register(`/field-worker.js?v=${document.body.dataset.version}`, { scope: '/field' });
}

async function open() {
  const known = await store.get('kept', 'owner');
  const outcome = await ask('/api/field/start', {}, answer => Array.isArray(answer?.tasks), startPatience);
  if (outcome.is === 'signed-out')
    // Where there is a network the server says where to sign in, and leads back here.
    return location.reload();
  if (outcome.is === 'done')
    await take(outcome.answer, known);
  else if (known)
    start = await store.get('kept', `start:${known.id}`) ?? null;
  if (!start)
    return tell(outcome.sentence ?? text('NothingKept'), 'fault');
  await build();
}

async function take(answer, known) {
  if (known && known.id !== answer.person.id)
    await store.forget();
  start = answer;
  await store.put('kept', answer.person, 'owner');
  await store.put('kept', answer, `start:${answer.person.id}`);
}

async function build() {
  outbox = new Outbox(start.person);
  report = new Report(at('[data-view=report]'), at('[data-classes]'), outbox, say);
  tasks = new Tasks(at('[data-view=tasks]'), at('[data-move-dialog]'), outbox, say);
  orders = new Orders(at('[data-orders]'), say, again);
  letters = new Letters(at('[data-view=outbox]'), outbox, mend);
  patrol = new Patrol(at('[data-view=patrol]'), outbox, say);
  for (const button of document.querySelectorAll('dialog [data-close]'))
    button.addEventListener('click', () => button.closest('dialog').close());
  signOut();
  await outbox.tidy();
  await report.fill(start);
  await patrol.begin();
  outbox.addEventListener('changed', () => draw());
  addEventListener('hashchange', show);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && again());
  await draw();
  show();
  store.persist();
  await outbox.send();
  document.body.dataset.ready = 'true';
}

// What waits for the person may have changed, by what he sent or by others.
async function again() {
  outbox.send();
  const outcome = await ask('/api/field/start', {}, answer => Array.isArray(answer?.tasks), startPatience);
  if (outcome.is !== 'done' || outcome.answer.person.id !== start.person.id)
    return;
  await take(outcome.answer, start.person);
  await draw();
}

let sentBefore = null, drawing = Promise.resolve();

function draw() {
  return drawing = drawing.then(async () => {
    const items = await outbox.items();
    const waiting = items.filter(item => item.state !== 'sent'), sent = items.length - waiting.length;
    letters.show(items);
    const ordered = orders.show(start.orders ?? []);
    badge('tasks', await tasks.show(start, items) + ordered);
    at('[data-no-tasks]').hidden ||= ordered > 0;
    badge('outbox', waiting.length, waiting.some(item => item.state === 'refused'));
    patrol.show();
    at('[data-sign-in-changed]').hidden = !start.signInChanged;
    // What was said to be on its way came back.
    if (waiting.some(item => item.state === 'refused'))
      saying = null;
    tell(waiting.length || outbox.pause === 'offline' ? pauseText(waiting.length) : null, outbox.pause ?? 'calm');
    if (sentBefore !== null && sent > sentBefore && !outbox.sending)
      setTimeout(again);
    sentBefore = sent;
  });
}

const pauseText = count => ({ offline: text('Offline', count), 'signed-out': text('SignInAgain', count), stranger: text('Stranger', start.person.name), later: text('Later', count) })[outbox.pause] ?? (outbox.sending ? text('SendingNow', count) : null);

function badge(view, count, isBad) {
  const mark = at(`[data-tab=${view}] [data-badge]`);
  mark.hidden = !count;
  mark.textContent = count || '';
  mark.classList.toggle('bad', !!isBad);
}

function show() {
  const asked = location.hash.slice(1), allowed = start.mayReport ? views : ['tasks', 'outbox'];
  const view = allowed.includes(asked) ? asked : allowed[0];
  for (const section of document.querySelectorAll('[data-view]'))
    section.hidden = section.dataset.view !== view;
  for (const tab of document.querySelectorAll('[data-tab]')) {
    tab.hidden = !allowed.includes(tab.dataset.tab);
    tab.setAttribute('aria-current', tab.dataset.tab === view ? 'page' : 'false');
  }
  at('[data-title]').textContent = at(`[data-view=${view}]`).getAttribute('aria-label');
  report.show(view === 'report');
}

function mend(item) {
  if (item.kind === 'report') {
    report.mend(item);
    location.hash = 'report';
  } else if (item.kind === 'move')
    item.fid ? tasks.mend(item) : outbox.again(item);
  else
    outbox.again(item);
}

// Of something that was done, for a moment; what stands at the top otherwise comes back.
function say(sentence) {
  clearTimeout(saying?.timer);
  saying = { sentence, timer: setTimeout(() => { saying = null; draw(); }, 6_000) };
  tell(null, 'calm');
}

function tell(sentence, kind) {
  const box = at('[data-state]'), said = saying?.sentence ?? sentence;
  box.hidden = !said;
  box.textContent = said ?? '';
  box.dataset.state = saying ? 'done' : kind;
}

function signOut() {
  const button = at('[data-who]'), dialog = at('[data-sign-out-dialog]'), form = at('[data-sign-out-form]');
  Object.assign(button, { hidden: false, textContent: [...start.person.name][0]?.toUpperCase() ?? '?', title: start.person.name });
  button.setAttribute('aria-label', text('SignOutOf', start.person.name));
  button.addEventListener('click', async () => {
    const unsent = (await outbox.unsent()).length;
    at('[data-unsent]').textContent = unsent ? text('Unsent', unsent) : text('AllSent');
    form.querySelector('[data-out=delete]').hidden = !unsent;
    dialog.showModal();
  });
  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (event.submitter?.dataset.out === 'delete')
      for (const item of await outbox.items())
        await store.drop('outbox', item.number);
    await store.drop('points', store.pointsOf(start.person.id));
    await store.forget();
    form.submit();
  });
}
