// Scrolls no further than needed for a row to be in sight.
export function reveal(list, top, height) {
  if (top < list.scrollTop || top + height > list.scrollTop + list.clientHeight)
    list.scrollTop = Math.max(0, top - list.clientHeight / 2);
}
