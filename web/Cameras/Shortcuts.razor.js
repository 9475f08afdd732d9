export const create = keys => new Shortcuts(keys);

const isField = element => element.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(element.tagName);

class Shortcuts {
  constructor(keys) {
    this.press = event => {
      const selector = keys[event.key];
      // A space presses the button or link that has the focus.
      if (!selector || event.ctrlKey || event.altKey || event.metaKey || isField(event.target) || event.key === ' ' && event.target.closest('button, a, video'))
        return;
      const button = document.querySelector(selector);
      if (!button || button.disabled)
        return;
      event.preventDefault();
      button.click();
    };
    document.addEventListener('keydown', this.press);
    document.documentElement.dataset.shortcuts = Object.keys(keys).join('');
  }

  dispose() {
    delete document.documentElement.dataset.shortcuts;
    document.removeEventListener('keydown', this.press);
  }
}
