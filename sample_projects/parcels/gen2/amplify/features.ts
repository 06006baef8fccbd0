import type { Backend as AmplifyBackend } from '@aws-amplify/backend';
import { auth } from './auth/resource';
import { adminQueries7c41d2e9 } from './function/AdminQueries7c41d2e9/resource';
import { depots } from './function/depots/resource';
import { nightcheck } from './function/nightcheck/resource';
import { parcels } from './function/parcels/resource';
import { tracking } from './function/tracking/resource';
import { wireAuth } from './auth/wiring';
import { wireRestApi } from './rest-api/wiring';
import { wireFunction } from './function/wiring';
import { wireProject } from './project/wiring';

/** Everything the backend consists of. */
export const features = {
  auth,
  adminQueries7c41d2e9,
  depots,
  nightcheck,
  parcels,
  tracking,
};

export type Backend = AmplifyBackend<typeof features>;

/** Overrides, grants and environment variables, feature by feature. */
export function wire(backend: Backend): void {
  wireAuth(backend);
  const restApiWiring = wireRestApi(backend);
  wireFunction(backend, restApiWiring);
  wireProject(backend);
}
