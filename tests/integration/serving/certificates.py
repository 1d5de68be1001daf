"""A self-signed certificate for localhost, valid for a century, and its key, for tests only.

Made by ``openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500
-subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1``.
"""

KEY = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgrF0Fg0ouDFihd+zw
W0x3wMNVV9CNKtaFdaHroSANkQGhRANCAAQGnRD7vQr4RlEILeg3bk7RynRmLtgx
qzxgJUsYUwm3vd5kH2wtm89iCgpxMXRMxjPM18PERn66KdLq5CPKbH7Y
-----END PRIVATE KEY-----
"""

CERTIFICATE = """\
-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUBZz0xooi6Jj1jWRnw3BRGkQ4+mIwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDEyNTEzNVoYDzIxMjYxMDMx
MTI1MTM1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQGnRD7vQr4RlEILeg3bk7RynRmLtgxqzxgJUsYUwm3vd5kH2wtm89i
CgpxMXRMxjPM18PERn66KdLq5CPKbH7Yo28wbTAdBgNVHQ4EFgQUQQtzkrx3Osat
/3qYCOA6N9gs278wHwYDVR0jBBgwFoAUQQtzkrx3Osat/3qYCOA6N9gs278wDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIgPPNa6DNtWjD0UqIE0m43ir3OueCPnon3GlGvGmhsZgUCIQC5
5tAlFS8X78npxdsYI9dhJ+/KwXwxYfM21rNZ2OhfzA==
-----END CERTIFICATE-----
"""
