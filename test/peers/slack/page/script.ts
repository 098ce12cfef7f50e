// What runs in the browser: sends what the person does, and takes the page anew each second, region by region.

export const SCRIPT = `
const as = document.body.dataset.as;
const send = (path, body) => fetch(path, body instanceof FormData ? { method: 'POST', body } :
  { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const shown = {};
const regions = ['channels', 'title', 'channel', 'modal'];
const bottom = (list) => list && list.scrollTo(0, list.scrollHeight);
const listOf = (id) => document.querySelector(id === 'channel' ? '#channel' : '#side .list');
async function refresh() {
  const text = await (await fetch(location.href)).text().catch(() => '');
  if (!text) return;
  const fresh = new DOMParser().parseFromString(text, 'text/html');
  for (const id of regions) put(document.getElementById(id), fresh.getElementById(id), id);
  put(document.querySelector('#side .list'), fresh.querySelector('#side .list'), 'side');
}
function put(now, next, id) {
  if (!now || !next || shown[id] === next.innerHTML) return;
  const first = shown[id] === undefined;
  shown[id] = next.innerHTML;
  if (first) return;
  const low = now.scrollHeight - now.scrollTop - now.clientHeight < 40;
  now.innerHTML = next.innerHTML;
  if (low) bottom(now);
}
document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-action]');
  if (button) send('/page/press', { as, target: button.dataset.target, action: button.dataset.action, choice: button.dataset.choice }).then(refresh);
  const close = event.target.closest('[data-close]');
  if (close) send('/page/close', { view: close.dataset.close }).then(refresh);
  if (event.target.closest('[data-home]')) send('/page/home', { as });
});
document.addEventListener('change', (event) => {
  const select = event.target;
  if (select.id === 'as') location.search = new URLSearchParams({ as: select.value });
  else if (select.dataset.action && select.value) send('/page/press', { as, target: select.dataset.target, action: select.dataset.action, choice: select.value }).then(refresh);
});
document.addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  const data = new FormData(form);
  if (form.dataset.view) {
    const values = {};
    for (const name of new Set(data.keys())) values[name] = data.getAll(name).length > 1 ? data.getAll(name) : data.get(name);
    const answer = await (await send('/page/submit', { view: form.dataset.view, values })).json();
    form.querySelector('.wrong').textContent = Object.values(answer.errors || {}).join(' ');
  } else {
    for (const [name, value] of Object.entries({ as, channel: form.dataset.channel, thread: form.dataset.thread })) data.append(name, value);
    await send('/page/say', data);
    form.reset();
  }
  refresh();
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && event.target.matches('.composer textarea')) { event.preventDefault(); event.target.form.requestSubmit(); }
});
bottom(listOf('channel'));
bottom(listOf('side'));
refresh();
setInterval(refresh, 1000);
`;
