// Writes the address of a page while that page is looked at: what comes late from the server must not bring back whom it shows another one by now.
window.cityopsAddress = {
  write(address, isStep) {
    if (new URL(address, document.baseURI).pathname === location.pathname)
      Blazor.navigateTo(address, { replaceHistoryEntry: !isStep });
  },
};
