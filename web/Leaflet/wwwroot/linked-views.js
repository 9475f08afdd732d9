// Maps of a page that move together: whichever is moved, the others follow in the same frame, without the server.

const groups = new Map();

export function link(map, group) {
  const views = groups.get(group) ?? new Set();
  groups.set(group, views.add(map));
  const [first] = views;
  if (first !== map)
    map.setView(first.getCenter(), first.getZoom(), { animate: false });
  let isFollowing = false;
  const follow = () => {
    if (isFollowing)
      return;
    for (const other of views)
      other.followView?.(map);
  };
  map.followView = leader => {
    if (leader === map || (leader.getZoom() === map.getZoom() && leader.getCenter().equals(map.getCenter(), 1e-9)))
      return;
    isFollowing = true;
    map.setView(leader.getCenter(), leader.getZoom(), { animate: false });
    isFollowing = false;
  };
  map.on('move zoomend', follow);
  return () => views.delete(map);
}
