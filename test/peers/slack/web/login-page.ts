// What comes, with status 200, in place of a file when the token is missing or bad.

export const LOGIN_PAGE = `<!DOCTYPE html>
<html lang="en-US"><head><title>Slack</title><meta name="robots" content="noindex"></head>
<body><h1>Sign in to your workspace</h1>
<form action="/" method="post"><input type="email" name="email"><input type="password" name="password">
<button type="submit">Sign In</button></form></body></html>
`;
