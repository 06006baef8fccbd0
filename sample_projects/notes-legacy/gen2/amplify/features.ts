import type { Backend as AmplifyBackend } from '@aws-amplify/backend';
import { auth } from './auth/resource';
import { storage } from './storage/resource';
import { data } from './data/resource';
import { notesexport } from './function/notesexport/resource';
import { wireAuth } from './auth/wiring';
import { wireData } from './data/wiring';
import { wireFunction } from './function/wiring';
import { wireProject } from './project/wiring';

/** Everything the backend consists of. */
export const features = {
  auth,
  storage,
  data,
  notesexport,
};

export type Backend = AmplifyBackend<typeof features>;

/** Overrides, grants and environment variables, feature by feature. */
export function wire(backend: Backend): void {
  wireAuth(backend);
  wireData(backend);
  wireFunction(backend);
  wireProject(backend);
}
