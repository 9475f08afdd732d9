// The words of the page, in its language, as the document brought them.
const texts = JSON.parse(document.getElementById('field-texts').textContent);

export const text = (name, ...values) => (texts[name] ?? name).replace(/\{(\d)\}/g, (_, at) => values[at]);

const language = document.documentElement.lang;
const times = new Intl.DateTimeFormat(language, { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

export const time = moment => times.format(new Date(moment));

// An element that a template could not be: with its attributes, and children that are elements or text.
export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {}))
    if (key === 'onclick')
      made.addEventListener('click', value);
    else if (value !== null && value !== undefined && value !== false)
      made.setAttribute(key, value === true ? '' : value);
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}
