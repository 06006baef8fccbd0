"""What the Amplify libraries for JavaScript were called up to version 5, and what takes its place since version 6.

https://docs.amplify.aws/gen1/react/build-a-backend/troubleshooting/migrate-from-javascript-v5-to-v6/
"""

from __future__ import annotations

_ROOT = (
    "Auth API Storage DataStore PubSub Predictions Interactions Analytics XR Geo Notifications Hub Cache Logger "
    "ConsoleLogger I18n ServiceWorker graphqlOperation withSSRContext Signer AWSCloudWatchProvider "
    "AWSKinesisProvider AWSKinesisFirehoseProvider AWSPinpointProvider AmazonPersonalizeProvider AWSIoTProvider "
    "AmazonAIPredictionsProvider AWSLexProvider AWSLexV2Provider ClientDevice Browser Platform AuthModeStrategyType "
    "SortDirection Predicates syncExpression OpType"
)
_COMPONENTS = (
    "AmplifyAuthenticator AmplifySignIn AmplifySignUp AmplifySignOut AmplifyGreetings AmplifyConfirmSignIn "
    "AmplifyConfirmSignUp AmplifyForgotPassword AmplifyRequireNewPassword AmplifyVerifyContact AmplifyTotpSetup "
    "AmplifyAuthContainer AmplifyAuthFields AmplifyFederatedButtons AmplifyGoogleButton AmplifyFacebookButton "
    "AmplifyAmazonButton AmplifyAuth0Button AmplifyOauthButton AmplifySelectMfaType AmplifyS3Album AmplifyS3Image "
    "AmplifyS3ImagePicker AmplifyS3Text AmplifyS3TextPicker AmplifyPhotoPicker AmplifyPicker AmplifyChatbot "
    "AmplifyToast AmplifyNav AmplifyProvider AmplifyButton AmplifyContainer AmplifyForm AmplifyFormField "
    "AmplifyFormSection AmplifyLoadingSpinner Expander ExpanderItem MapView LocationSearch StorageManager"
)
COMPONENTS = frozenset(_COMPONENTS.split())
"""Components of `@aws-amplify/ui-react` 1 to 4 that later versions have not."""
_DEFAULTS = {
    "aws-amplify": "Amplify",
    "@aws-amplify/core": "Amplify",
    "@aws-amplify/auth": "Auth",
    "@aws-amplify/api": "API",
    "@aws-amplify/api-graphql": "GraphQLAPI",
    "@aws-amplify/api-rest": "RestAPI",
    "@aws-amplify/storage": "Storage",
    "@aws-amplify/analytics": "Analytics",
    "@aws-amplify/pubsub": "PubSub",
    "@aws-amplify/predictions": "Predictions",
    "@aws-amplify/interactions": "Interactions",
    "@aws-amplify/cache": "Cache",
    "@aws-amplify/xr": "XR",
}
"""What the default export of a package is."""
_DATASTORE = frozenset(("DataStore", "AuthModeStrategyType", "syncExpression"))
_NAMES = {
    "aws-amplify": frozenset(_ROOT.split()),
    "@aws-amplify/auth": frozenset(("Auth", "CognitoHostedUIIdentityProvider")),
    "@aws-amplify/api": frozenset(("API", "graphqlOperation", "GRAPHQL_AUTH_MODE")),
    "@aws-amplify/api-graphql": frozenset(("GraphQLAPI", "graphqlOperation", "GRAPHQL_AUTH_MODE")),
    "@aws-amplify/api-rest": frozenset(("RestAPI",)),
    "@aws-amplify/storage": frozenset(("Storage",)),
    "@aws-amplify/datastore": _DATASTORE,
    "aws-amplify/datastore": _DATASTORE,
    "@aws-amplify/pubsub": frozenset(("AWSIoTProvider", "MqttOverWSProvider")),
    "@aws-amplify/predictions": frozenset(("AmazonAIPredictionsProvider",)),
    "@aws-amplify/interactions": frozenset(("AWSLexProvider", "AWSLexV2Provider")),
    "@aws-amplify/analytics": frozenset(("Analytics", "AWSPinpointProvider", "AWSKinesisProvider")),
    "@aws-amplify/cache": frozenset(("Cache",)),
    "@aws-amplify/core": frozenset(("Logger", "Signer", "withSSRContext")),
    "@aws-amplify/ui-react": COMPONENTS,
}
_ALIASES = {"ConsoleLogger": "Logger", "GraphQLAPI": "API", "RestAPI": "API"}
_AUTH = {
    "signIn": "signIn({ username, password })",
    "signUp": "signUp({ username, password, options: { userAttributes } })",
    "signOut": "signOut()",
    "confirmSignUp": "confirmSignUp({ username, confirmationCode })",
    "confirmSignIn": "confirmSignIn({ challengeResponse })",
    "sendCustomChallengeAnswer": "confirmSignIn({ challengeResponse })",
    "completeNewPassword": "confirmSignIn({ challengeResponse: newPassword })",
    "resendSignUp": "resendSignUpCode({ username })",
    "currentAuthenticatedUser": "getCurrentUser()",
    "currentUserPoolUser": "getCurrentUser()",
    "currentUserInfo": "fetchUserAttributes()",
    "currentSession": "fetchAuthSession()",
    "userSession": "fetchAuthSession()",
    "currentCredentials": "fetchAuthSession()",
    "currentUserCredentials": "fetchAuthSession()",
    "essentialCredentials": "fetchAuthSession()",
    "userAttributes": "fetchUserAttributes()",
    "updateUserAttributes": "updateUserAttributes({ userAttributes })",
    "deleteUserAttributes": "deleteUserAttributes({ userAttributeKeys })",
    "verifyCurrentUserAttribute": "sendUserAttributeVerificationCode({ userAttributeKey })",
    "verifyUserAttribute": "sendUserAttributeVerificationCode({ userAttributeKey })",
    "verifyCurrentUserAttributeSubmit": "confirmUserAttribute({ userAttributeKey, confirmationCode })",
    "verifyUserAttributeSubmit": "confirmUserAttribute({ userAttributeKey, confirmationCode })",
    "verifiedContact": "fetchUserAttributes()",
    "changePassword": "updatePassword({ oldPassword, newPassword })",
    "forgotPassword": "resetPassword({ username })",
    "forgotPasswordSubmit": "confirmResetPassword({ username, confirmationCode, newPassword })",
    "federatedSignIn": "signInWithRedirect({ provider })",
    "deleteUser": "deleteUser()",
    "rememberDevice": "rememberDevice()",
    "forgetDevice": "forgetDevice()",
    "fetchDevices": "fetchDevices()",
    "setupTOTP": "setUpTOTP()",
    "verifyTotpToken": "verifyTOTPSetup({ code })",
    "setPreferredMFA": "updateMFAPreference({ totp: 'PREFERRED' })",
    "getPreferredMFA": "fetchMFAPreference()",
    "getMFAOptions": "fetchMFAPreference()",
}
_REST = {"del": "del", "delete": "del", **{verb: verb for verb in ("get", "post", "put", "patch", "head")}}
_STORAGE = {
    "put": "uploadData({ path, data })",
    "get": "getUrl({ path })",
    "list": "list({ path })",
    "remove": "remove({ path })",
    "copy": "copy({ source: { path }, destination: { path } })",
    "getProperties": "getProperties({ path })",
    "cancel": "uploadData(…).cancel()",
}
_UTILITIES = {
    "Hub": "Hub",
    "Cache": "Cache",
    "I18n": "I18n",
    "Logger": "ConsoleLogger",
    "ServiceWorker": "ServiceWorker",
}
_MOVED = {"PubSub": "pubsub", "Predictions": "predictions", "Interactions": "interactions", "Geo": "geo"}
_RECORDS = {"record": "record({ name })", "updateEndpoint": "identifyUser({ userId, userProfile })"}


def gen1_name(module: str, name: str) -> str | None:
    """What is meant by a name of a module, when that belongs to the libraries before version 6; None when not."""
    if name == "default":
        name = _DEFAULTS.get(module, "")
        return _ALIASES.get(name, name) if name and name != "Amplify" else name or None
    if name in _NAMES.get(module, ()):
        return _ALIASES.get(name, name)
    return None


def replacement(name: str, member: str) -> str:
    """What takes its place since version 6, with the module; empty when nothing does by itself."""
    if name == "Auth":
        return _in(_AUTH.get(member, ""), "aws-amplify/auth")
    if name == "API" and member in _REST:
        return _in(f"{_REST[member]}({{ apiName, path }})", "aws-amplify/api")
    if name in ("API", "graphqlOperation") and member in ("graphql", ""):
        return "`generateClient().graphql({ query, variables })` of `aws-amplify/api`"
    if name == "Storage":
        return _in(_STORAGE.get(member, ""), "aws-amplify/storage")
    if name == "Analytics":
        return _in(_RECORDS.get(member, ""), "aws-amplify/analytics")
    if name in _UTILITIES:
        return _in(_UTILITIES[name], "aws-amplify/utils")
    if name in _MOVED:
        return _in(name, f"@aws-amplify/{_MOVED[name]}")
    return "`import { Amplify } from 'aws-amplify'`" if name == "Amplify" else ""


def _in(code: str, module: str) -> str:
    return f"`{code}` of `{module}`" if code else ""
