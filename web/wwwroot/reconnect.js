// A lost circuit cannot be resumed once the server has forgotten it. The address holds the page's state, so opening it again brings back the same view.
{
  const notice = document.getElementById('components-reconnect-modal');
  const reopenWhenHealthy = async () => {
    const answer = await fetch('/health').catch(() => null);
    if (answer?.ok)
      location.reload();
    else
      setTimeout(reopenWhenHealthy, 2000);
  };
  notice.addEventListener('components-reconnect-state-changed', ({ detail }) => {
    notice.classList.toggle('shown', detail.state !== 'hide');
    if (['failed', 'rejected', 'resume-failed'].includes(detail.state))
      reopenWhenHealthy();
  });
}
