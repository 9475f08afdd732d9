// The frame that came with the document goes when the circuit draws the page's own: before the browser paints, so that nothing is seen twice and nothing jumps.
{
  const shell = document.querySelector('.shell');
  const watch = new MutationObserver(() => {
    if (!document.querySelector('body > .mud-layout, body > main'))
      return;
    shell.remove();
    watch.disconnect();
  });
  watch.observe(document.body, { childList: true });
}
