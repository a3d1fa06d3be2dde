"""Words in paths and in names of parameters by which `thermocline.events.redaction` knows that a secret is near."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Segments of a path that say that a secret comes next.
ANNOUNCING = _words(
    """
    activate activation activations apikey autologin confirm confirmation confirmations confirmemail credential
    forgot invitation invitations invite invites jwt magic magiclink optout otp passcode passphrase passwd password
    passwordless passwordreset passwords pwd recover recovery reset resetpassword resets secret signature sso token
    tokens unsub unsubscribe validate verification verifications verify verifyemail
    """
)
# The same in other languages, without accents.
ANNOUNCING |= _words(
    """
    2fa mfa pw pwreset passwort kennwort zuruecksetzen zurucksetzen bestaetigen bestatigen bestaetigung einladung
    reinitialiser restablecer contrasena wachtwoord motdepasse passe
    """
)
# Words after which a segment goes only when it looks like a code; after some, also four digits or more.
WEAKLY_ANNOUNCING = _words("join accept login auth callback session key access")
SIGN_IN = _words("auth login")
# Words that may stand beside these in one segment: reset-your-password.
BESIDE = _words(
    """
    accept access account address all auth by change complete do e edit email from in link login mail me my new
    newsletter of out phone process request set sign signin signup subscription team the to up update user users via
    with your annehmen de mot oublie olvidada vergessen vergeten
    """
)
# Segments that may stand between such a word and the secret.
ROUTE_WORDS = _words(
    """
    account all api cancel check code complete completed confirmation confirmed de done email emails en en-us error
    expired failed failure form fr friends help index index.html link list login mail new newsletter page password
    phone profile request requested resend reset send sent settings signup sms start step success token user users
    """
)
# Parameters that hold a secret or an address of a person, by a word of their name.
SECRET_WORDS = _words(
    """
    access accesstoken apikey assertion auth authorization authtoken bearer confirmation cookie credential
    credentials creds csrf email emailaddress emails hmac idtoken invitation invite jsessionid jwt key magic mail
    mobile msisdn nonce oauth oob oobcode otp pass passcode passphrase passwd password passwort phone phpsessid pin pw
    pwd refresh refreshtoken reset samlrequest samlresponse secret sess sessid session sessionid sid sig signature ssn
    tel ticket token tokens unsubscribe verification verify xsrf
    """
)
# Names that are a secret only as a whole: sign_up is none.
SECRET_NAMES = _words("sign userpass")
# What may stand before code, key, token and pass in one word, beside the words above.
BEFORE_CODE = _words("auth login sms user")
# A PIN code is a postal code in India.
PLACES = _words("pincode")
# Words that make a code that of a thing: country_code, promo_code.
CODE_OF_A_THING = _words(
    """
    area campaign color colour country coupon currency discount error item lang language postal product promo region
    sku status zip
    """
)
