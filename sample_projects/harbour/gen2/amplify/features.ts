import type { Backend as AmplifyBackend } from '@aws-amplify/backend';
import { auth } from './auth/resource';
import { storage } from './storage/resource';
import { data } from './data/resource';
import { berthing } from './function/berthing/resource';
import { tidewatch } from './function/tidewatch/resource';
import { wireAuth } from './auth/wiring';
import { wireStorage } from './storage/wiring';
import { wireData } from './data/wiring';
import { wireCustom } from './custom/wiring';
import { wireFunction } from './function/wiring';

/** Everything the backend consists of. */
export const features = {
  auth,
  storage,
  data,
  berthing,
  tidewatch,
};

export type Backend = AmplifyBackend<typeof features>;

/** Overrides, grants and environment variables, feature by feature. */
export function wire(backend: Backend): void {
  wireAuth(backend);
  wireStorage(backend);
  wireData(backend);
  const customWiring = wireCustom(backend);
  wireFunction(backend, customWiring);
}
