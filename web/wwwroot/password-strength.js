// Says how strong a new password is while it is typed, by the judge that takes or refuses it. Without this the page works as well and says it afterwards.
const field = document.getElementById('new-password');
const shown = document.querySelector('[data-strength]');

if (field && shown) {
  const [meter, words] = [shown.querySelector('meter'), shown.querySelector('p')];
  const pauseMs = 400;
  let timer, asked;

  const show = (level, said) => {
    meter.hidden = level === undefined;
    meter.value = level ?? 0;
    words.textContent = said;
    if (level === undefined)
      shown.removeAttribute('data-level');
    else
      shown.dataset.level = level;
  };

  const weigh = async () => {
    asked = new AbortController();
    const body = new URLSearchParams(['__RequestVerificationToken', 'Ticket', 'NewPassword'].map(name => [name, field.form.elements[name].value]));
    try {
      const answer = await fetch(`/password-strength?lang=${document.documentElement.lang.slice(0, 2)}`, { method: 'POST', body, signal: asked.signal });
      if (!answer.ok)
        throw new Error(answer.status);
      const { level, words: said } = await answer.json();
      show(level, said);
    } catch (fault) {
      if (fault.name !== 'AbortError')
        show(undefined, shown.dataset.away);
    }
  };

  field.addEventListener('input', () => {
    clearTimeout(timer);
    asked?.abort();
    if (field.value === '')
      show(undefined, '');
    else
      timer = setTimeout(weigh, pauseMs);
  });
}
