// What lies in the storage of this machine: npm run look            tables and containers, with how much is in them
//                                           npm run look -- NAME    the rows of a table, or the blobs of a container
import { TableClient, TableServiceClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';

const local = 'UseDevelopmentStorage=true';
const blobs = BlobServiceClient.fromConnectionString(local);
const [name] = process.argv.slice(2);

async function collect(pages) {
  const items = [];
  for await (const item of pages) items.push(item);
  return items;
}

const rowsOf = table => collect(TableClient.fromConnectionString(local, table).listEntities());
const blobsOf = container => collect(blobs.getContainerClient(container).listBlobsFlat());
const tables = await collect(TableServiceClient.fromConnectionString(local).listTables());
const containers = await collect(blobs.listContainers());

if (!name) {
  for (const table of tables) console.log(`table      ${table.name}  ${(await rowsOf(table.name)).length} rows`);
  for (const container of containers) console.log(`container  ${container.name}  ${(await blobsOf(container.name)).length} blobs`);
  if (tables.length + containers.length === 0) console.log('Nothing yet: start the app once.');
} else if (tables.some(table => table.name === name)) {
  for (const { partitionKey, rowKey, ...rest } of await rowsOf(name)) console.log(partitionKey, rowKey, rest);
} else if (containers.some(container => container.name === name)) {
  for (const blob of await blobsOf(name)) console.log(blob.name, blob.properties.contentLength, blob.properties.contentType);
} else {
  console.error(`No table and no container is called ${name}.`);
  process.exitCode = 1;
}
