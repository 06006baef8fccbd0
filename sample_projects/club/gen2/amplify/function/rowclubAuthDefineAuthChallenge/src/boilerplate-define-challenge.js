const TRIES = 3;

/** First the password, then the question of the day; three wrong answers end the attempt. */
exports.handler = async (event) => {
  const { session } = event.request;
  const last = session[session.length - 1];
  const wrong = session.filter((step) => step.challengeName === 'CUSTOM_CHALLENGE' && !step.challengeResult).length;
  event.response.issueTokens = false;
  event.response.failAuthentication = wrong >= TRIES;
  if (!last) {
    event.response.challengeName = 'SRP_A';
  } else if (last.challengeName === 'SRP_A') {
    event.response.challengeName = 'PASSWORD_VERIFIER';
  } else if (last.challengeName === 'CUSTOM_CHALLENGE' && last.challengeResult) {
    event.response.issueTokens = true;
  } else {
    event.response.challengeName = 'CUSTOM_CHALLENGE';
  }
  return event;
};
