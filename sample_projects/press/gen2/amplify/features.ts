import type { Backend as AmplifyBackend } from '@aws-amplify/backend';
import { auth } from './auth/resource';
import { data } from './data/resource';
import { archive } from './function/archive/resource';
import { binder } from './function/binder/resource';
import { dispatch } from './function/dispatch/resource';
import { ledger } from './function/ledger/resource';
import { pressAuthPostConfirmation } from './function/pressAuthPostConfirmation/resource';
import { quote } from './function/quote/resource';
import { stamp } from './function/stamp/resource';
import { wireAuth } from './auth/wiring';
import { wireStorage } from './storage/wiring';
import { wireData } from './data/wiring';
import { wireFunction } from './function/wiring';
import { wireProject } from './project/wiring';

/** Everything the backend consists of. */
export const features = {
  auth,
  data,
  archive,
  binder,
  dispatch,
  ledger,
  pressAuthPostConfirmation,
  quote,
  stamp,
};

export type Backend = AmplifyBackend<typeof features>;

/** Overrides, grants and environment variables, feature by feature. */
export function wire(backend: Backend): void {
  wireAuth(backend);
  const storageWiring = wireStorage(backend);
  wireData(backend);
  wireFunction(backend, storageWiring);
  wireProject(backend);
}
