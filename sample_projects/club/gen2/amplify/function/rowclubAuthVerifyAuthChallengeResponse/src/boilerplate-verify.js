/** Compares the answer with the expected one. */
exports.handler = async (event) => {
  const { privateChallengeParameters, challengeAnswer } = event.request;
  event.response.answerCorrect = privateChallengeParameters.answer === String(challengeAnswer).trim();
  return event;
};
