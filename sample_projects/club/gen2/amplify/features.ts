import type { Backend as AmplifyBackend } from '@aws-amplify/backend';
import { auth } from './auth/resource';
import { storage } from './storage/resource';
import { data } from './data/resource';
import { outingreminder } from './function/outingreminder/resource';
import { rowclubAuthCreateAuthChallenge } from './function/rowclubAuthCreateAuthChallenge/resource';
import { rowclubAuthDefineAuthChallenge } from './function/rowclubAuthDefineAuthChallenge/resource';
import { rowclubAuthPostConfirmation } from './function/rowclubAuthPostConfirmation/resource';
import { rowclubAuthPreSignup } from './function/rowclubAuthPreSignup/resource';
import { rowclubAuthVerifyAuthChallengeResponse } from './function/rowclubAuthVerifyAuthChallengeResponse/resource';
import { wireAuth } from './auth/wiring';
import { wireStorage } from './storage/wiring';
import { wireData } from './data/wiring';
import { wireFunction } from './function/wiring';
import { wireProject } from './project/wiring';

/** Everything the backend consists of. */
export const features = {
  auth,
  storage,
  data,
  outingreminder,
  rowclubAuthCreateAuthChallenge,
  rowclubAuthDefineAuthChallenge,
  rowclubAuthPostConfirmation,
  rowclubAuthPreSignup,
  rowclubAuthVerifyAuthChallengeResponse,
};

export type Backend = AmplifyBackend<typeof features>;

/** Overrides, grants and environment variables, feature by feature. */
export function wire(backend: Backend): void {
  wireAuth(backend);
  wireStorage(backend);
  wireData(backend);
  wireFunction(backend);
  wireProject(backend);
}
