/** Products: https://docs.stripe.com/api/products */
import { badRequest, noSuchObject } from '../api/apiFault.js';
import { lists, reads, writes, type Endpoint } from '../api/endpoint.js';
import { address, clearable, flag, list, mergeMetadata, metadata, params, text } from '../api/params.js';
import { deletedStub } from '../api/show.js';
import type { Kinds } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';

const productShape = {
  active: flag().optional(),
  description: clearable(text()).optional(),
  images: list(address(), 8).optional(),
  metadata: metadata().optional(),
  statement_descriptor: clearable(text(22)).optional(),
  tax_code: clearable(text(50)).optional(),
  unit_label: clearable(text(12)).optional(),
  url: clearable(address()).optional(),
};

/** What is known of a new product. */
export interface NewProduct {
  id?: string;
  name: string;
  active?: boolean;
  description?: string | null;
  images?: string[];
  metadata?: Record<string, string> | null;
  statement_descriptor?: string | null;
  tax_code?: string | null;
  unit_label?: string | null;
  url?: string | null;
}

/**
 * Makes a product.
 *
 * @throws resource_already_exists - its id, where it comes with one, is another's.
 */
export function createProduct(turn: Turn, given: NewProduct): Kinds['product'] {
  if (given.id !== undefined && turn.draft.get('product', given.id))
    throw badRequest('Product already exists.', { code: 'resource_already_exists', param: 'id' });
  const product = turn.draft.put('product', {
    id: given.id ?? newId('prod_', 14),
    object: 'product',
    active: given.active ?? true,
    created: turn.now,
    default_price: null,
    description: given.description ?? null,
    images: given.images ?? [],
    livemode: false,
    marketing_features: [],
    metadata: mergeMetadata({}, given.metadata),
    name: given.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: given.statement_descriptor ?? null,
    tax_code: given.tax_code ?? null,
    tax_details: null,
    type: 'service',
    unit_label: given.unit_label ?? null,
    updated: turn.now,
    url: given.url ?? null,
  });
  emitEvent(turn, 'product.created', product);
  return product;
}

function updateProduct(turn: Turn, id: string, given: Partial<NewProduct> & { expand?: string[] }): Kinds['product'] {
  const before = turn.draft.get('product', id);
  if (!before) throw noSuchObject('product', id);
  const { expand: _, metadata: change, ...fields } = given;
  const product = turn.draft.put('product', {
    ...before,
    ...fields,
    metadata: mergeMetadata(before.metadata, change),
    updated: turn.now,
  });
  emitEvent(turn, 'product.updated', product, before);
  return product;
}

function deleteProduct(turn: Turn, id: string): object {
  const product = turn.draft.get('product', id);
  if (!product) throw noSuchObject('product', id);
  for (const price of turn.draft.walk('price', { where: { field: 'product', value: id } }))
    throw badRequest(`This product cannot be deleted because it has one or more user-created prices (${price.id}).`);
  turn.draft.remove('product', id);
  turn.draft.put('tombstone', { id, object: 'tombstone', of: 'product' });
  emitEvent(turn, 'product.deleted', product);
  return { id, object: 'product', deleted: true };
}

/** The API's rows for products. */
export const productEndpoints: readonly Endpoint[] = [
  writes('post', '/v1/products', params({ ...productShape, id: text(200).regex(/^[\w-]+$/).optional(), name: text() }), (turn, { params: given }) => createProduct(turn, given)),
  lists('product', '/v1/products', {
    active: { param: flag(), matches: (product, active: boolean) => product.active === active },
    ids: { param: list(text()), matches: (product, ids: string[]) => ids.includes(product.id) },
  }),
  reads('/v1/products/:id', params({}), (look, { id }) => {
    const product = look.reader.get('product', id) ?? deletedStub(look, id);
    if (!product) throw noSuchObject('product', id);
    return product;
  }),
  writes('post', '/v1/products/:id', params({ ...productShape, name: text().optional() }), (turn, { id, params: given }) =>
    updateProduct(turn, id, given),
  ),
  writes('delete', '/v1/products/:id', params({}), (turn, { id }) => deleteProduct(turn, id)),
];
