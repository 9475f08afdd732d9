// Light or dark: what the browser's person chose, else what the system says. Runs before anything is painted; the choice is kept by the browser.
{
  const key = 'cityops.theme';
  const system = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => localStorage.getItem(key) ?? 'system';
  const apply = () => {
    const choice = chosen();
    document.documentElement.dataset.theme = choice === 'system' ? (system.matches ? 'dark' : 'light') : choice;
  };
  system.addEventListener('change', apply);
  addEventListener('storage', apply);
  apply();
  window.cityopsTheme = {
    chosen,
    choose(choice) {
      if (choice === 'system')
        localStorage.removeItem(key);
      else
        localStorage.setItem(key, choice);
      apply();
    },
  };
}
