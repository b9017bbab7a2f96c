"""The kinds of illegal content that the Commission's
template for transparency reports distinguishes.

From annex I of Implementing Regulation (EU) 2024/2835, in
its order. The values are the template's codes.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    ANIMAL_WELFARE = "ANIMAL_WELFARE", _("Cruelty to animals, or their unlawful sale")
    CONSUMER_INFORMATION = (
        "CONSUMER_INFORMATION",
        _("Misleading advertising or information for consumers"),
    )
    CYBER_VIOLENCE = (
        "CYBER_VIOLENCE",
        _("Bullying, harassment, stalking or intimate material without consent"),
    )
    CYBER_VIOLENCE_AGAINST_WOMEN = (
        "CYBER_VIOLENCE_AGAINST_WOMEN",
        _("Bullying, harassment or stalking of women or girls"),
    )
    DATA_PROTECTION_AND_PRIVACY_VIOLATIONS = (
        "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
        _("Privacy or personal data"),
    )
    ILLEGAL_OR_HARMFUL_SPEECH = (
        "ILLEGAL_OR_HARMFUL_SPEECH",
        _("Defamation, discrimination or hate speech"),
    )
    INTELLECTUAL_PROPERTY_INFRINGEMENTS = (
        "INTELLECTUAL_PROPERTY_INFRINGEMENTS",
        _("Copyright, trademark or other intellectual property"),
    )
    NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS = (
        "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
        _("Elections or public debate"),
    )
    PROTECTION_OF_MINORS = "PROTECTION_OF_MINORS", _("Protection of children")
    RISK_FOR_PUBLIC_SECURITY = (
        "RISK_FOR_PUBLIC_SECURITY",
        _("Terrorism or another danger to the public"),
    )
    SCAMS_AND_FRAUD = "SCAMS_AND_FRAUD", _("Scam or fraud")
    SELF_HARM = "SELF_HARM", _("Suicide or self-harm")
    UNSAFE_AND_PROHIBITED_PRODUCTS = (
        "UNSAFE_AND_PROHIBITED_PRODUCTS",
        _("Unsafe or prohibited products"),
    )
    VIOLENCE = "VIOLENCE", _("Calls for violence, or exploitation of people")


# The lines of the template below each category; a last one, OTHER, ends each list.
SUBCATEGORIES: dict[str, list[str]] = {
    Category.ANIMAL_WELFARE: [
        "ANIMAL_HARM",
        "UNLAWFUL_SALE_ANIMALS",
    ],
    Category.CONSUMER_INFORMATION: [
        "HIDDEN_ADVERTISEMENT",
        "INSUFFICIENT_INFORMATION_ON_TRADERS",
        "MISLEADING_INFO_GOODS_SERVICES",
        "MISLEADING_INFO_CONSUMER_RIGHTS",
        "NONCOMPLIANCE_PRICING",
    ],
    Category.CYBER_VIOLENCE: [
        "CYBER_BULLYING_INTIMIDATION",
        "CYBER_HARASSMENT",
        "CYBER_INCITEMENT",
        "CYBER_STALKING",
        "NON_CONSENSUAL_IMAGE_SHARING",
        "NON_CONSENSUAL_MATERIAL_DEEPFAKE",
    ],
    Category.CYBER_VIOLENCE_AGAINST_WOMEN: [
        "BULLYING_AGAINST_GIRLS",
        "CYBER_HARASSMENT_AGAINST_WOMEN",
        "CYBER_STALKING_AGAINST_WOMEN",
        "FEMALE_GENDERED_DISINFORMATION",
        "INCITEMENT_AGAINST_WOMEN",
        "NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN",
        "NON_CONSENSUAL_MATERIAL_DEEPFAKE_AGAINST_WOMEN",
    ],
    Category.DATA_PROTECTION_AND_PRIVACY_VIOLATIONS: [
        "BIOMETRIC_DATA_BREACH",
        "DATA_FALSIFICATION",
        "MISSING_PROCESSING_GROUND",
        "RIGHT_TO_BE_FORGOTTEN",
    ],
    Category.ILLEGAL_OR_HARMFUL_SPEECH: [
        "DEFAMATION",
        "DISCRIMINATION",
        "HATE_SPEECH",
    ],
    Category.INTELLECTUAL_PROPERTY_INFRINGEMENTS: [
        "COPYRIGHT_INFRINGEMENT",
        "DESIGN_INFRINGEMENT",
        "GEOGRAPHIC_INDICATIONS_INFRINGEMENT",
        "PATENT_INFRINGEMENT",
        "TRADE_SECRET_INFRINGEMENT",
        "TRADEMARK_INFRINGEMENT",
    ],
    Category.NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS: [
        "MISINFORMATION_DISINFORMATION",
        "VIOLATION_EU_LAW",
        "VIOLATION_NATIONAL_LAW",
    ],
    Category.PROTECTION_OF_MINORS: [
        "AGE_SPECIFIC_RESTRICTIONS_MINORS",
        "CHILD_SEXUAL_ABUSE_MATERIAL",
        "CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE",
        "GROOMING_SEXUAL_ENTICEMENT_MINORS",
        "UNSAFE_CHALLENGES",
    ],
    Category.RISK_FOR_PUBLIC_SECURITY: [
        "ILLEGAL_ORGANIZATIONS",
        "RISK_ENVIRONMENTAL_DAMAGE",
        "RISK_PUBLIC_HEALTH",
        "TERRORIST_CONTENT",
    ],
    Category.SCAMS_AND_FRAUD: [
        "IMPERSONATION_ACCOUNT_HIJACKING",
        "INAUTHENTIC_ACCOUNTS",
        "INAUTHENTIC_LISTINGS",
        "INAUTHENTIC_USER_REVIEWS",
        "PHISHING",
        "PYRAMID_SCHEMES",
    ],
    Category.SELF_HARM: [
        "CONTENT_PROMOTING_EATING_DISORDERS",
        "SELF_MUTILATION",
        "SUICIDE",
    ],
    Category.UNSAFE_AND_PROHIBITED_PRODUCTS: [
        "PROHIBITED_PRODUCTS",
        "UNSAFE_PRODUCTS",
    ],
    Category.VIOLENCE: [
        "COORDINATED_HARM",
        "INCITEMENT_VIOLENCE_HATRED",
        "HUMAN_EXPLOITATION",
        "HUMAN_TRAFFICKING",
        "TRAFFICKING_WOMEN_GIRLS",
    ],
}
