// What the phone keeps (IndexedDB): what it took along ("kept"), what is to be sent ("outbox"), points of the track ("points"). Everything is somebody's and carries his id.
const name = 'cityops-field', version = 1;
let opened;

export const get = (store, key) => run(store, 'readonly', rows => rows.get(key));
export const all = (store, range, limit) => run(store, 'readonly', rows => rows.getAll(range, limit));
export const put = (store, value, key) => run(store, 'readwrite', rows => rows.put(value, key));
export const drop = (store, key) => run(store, 'readwrite', rows => rows.delete(key));
export const pointsOf = person => IDBKeyRange.bound([person, ''], [person, '\uffff']);

// Done when it is on disk: the browser may be closed a moment later.
async function run(store, mode, work) {
  const database = await open();
  return new Promise((done, failed) => {
    const transaction = database.transaction(store, mode, { durability: 'strict' });
    const asked = work(transaction.objectStore(store));
    transaction.oncomplete = () => done(asked.result);
    transaction.onerror = transaction.onabort = () => failed(transaction.error);
  });
}

function open() {
  return opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open(name, version);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('kept');
      asked.result.createObjectStore('outbox', { keyPath: 'number', autoIncrement: true });
      asked.result.createObjectStore('points', { keyPath: ['person', 'at'] });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

// Not to be thrown away when the disk gets full; browsers that ask for that are asked once.
export const persist = () => navigator.storage?.persist?.();

// What a person took along goes; what he has not sent yet stays, for him alone.
export async function forget() {
  const owner = await get('kept', 'owner');
  await drop('kept', 'owner');
  if (owner)
    await drop('kept', `start:${owner.id}`);
  await caches.delete('field-map');
}
