// Scrolls no further than needed for a row to be in sight. A list that has just come is not as long yet as it will be.
const mostFrames = 120;

export async function reveal(list, top, height) {
  for (let left = mostFrames; left && list.isConnected && list.scrollHeight < top + height; left--)
    await new Promise(requestAnimationFrame);
  if (top < list.scrollTop || top + height > list.scrollTop + list.clientHeight)
    list.scrollTop = Math.max(0, top - list.clientHeight / 2);
  list.scrollIntoView({ block: 'nearest' });
}
