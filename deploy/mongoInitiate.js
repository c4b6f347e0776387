// Run by mongosh against mongo-a: makes the three one replica set, once, and waits until it can be written to.
const members = ['mongo-a:27017', 'mongo-b:27017', 'mongo-c:27017'].map((host, _id) => ({ _id, host }));

try {
  rs.status();
} catch (error) {
  if (error.codeName !== 'NotYetInitialized') throw error;
  rs.initiate({ _id: 'guildhall', members });
}

while (!db.hello().isWritablePrimary && !db.hello().primary) sleep(500);
