// On the page where people sign in: whoever was here before has left, and what his phone page took along goes with him. What he has not sent stays in its outbox, for him alone (store.js).
{
  caches?.delete('field-map');
  indexedDB.databases?.().then(known => {
    if (!known.some(({ name }) => name === 'cityops-field'))
      return;
    const asked = indexedDB.open('cityops-field');
    asked.onsuccess = () => {
      const database = asked.result;
      if (!database.objectStoreNames.contains('kept'))
        return database.close();
      const rows = database.transaction('kept', 'readwrite').objectStore('kept');
      for (const range of [IDBKeyRange.only('owner'), IDBKeyRange.bound('start:', 'start:\uffff')])
        rows.delete(range);
      rows.transaction.oncomplete = () => database.close();
    };
  });
}
