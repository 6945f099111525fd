"""The words and numbers that odd cases are made of: usual, rare, nearly right, and nonsense."""

from __future__ import annotations

HEAD = 'kind = "residua.case"\nversion = "1.0"\n'
UNICODE = ("Übelkeit", "ИКАНС", "发热", "İstanbul ﬁ ſ", "٣", "🙂 \\u202e abc", "x" * 3000)
ANCHORS = (
    "diagnosis", "ind", "ino", "blin", "hsct", "hsct-2", "car-t", "car-t-2", "dli",
    "relapse", "death", "a1", "a2",
)  # fmt: skip
DAYS = (
    "2020-01-10", "2020-02-29", "2020-03-01", "2020-03-01", "2020-03-08", "2020-03-15",
    "2020-04-02", "2020-06-30", "2021-01-01", "2021-12-31", "2022", "2020-03", "2020", "2021-02",
)  # fmt: skip
OFFSETS = ("+0d", "+1d", "+3d", "+7d", "+14d", "+28d", "+35d", "+100d", "+400d", "-1d", "-5d")
TERMS = (
    "CRS", "crs", "Cytokine Release Syndrome (CRS)", "ICANS", "fever", "FEVER", "hypotension",
    "hypoxia", "oxygen", "vasopressor", "consciousness", "ICE score", "CAPD", "seizure",
    "papilloedema", "hemiparesis", "cerebral edema", "sedation", "organ toxicity", "transaminitis",
    "aGVHD", "no GVHD", "acute GVHD grade IV", "GVHD", "skin GVHD stage", "acute liver GVHD",
    "lower GI GVHD stage", "upper GI GVHD stage", "stool volume GVHD", "GVHD stool episodes",
    "gvhd liver bilirubin", "chronic GVHD", "mouth cGVHD score", "lung FEV1 cGVHD score",
    "skin BSA cGVHD score", "eyes cGVHD score", "SOS/VOD", "VOD", "ascites", "hepatomegaly",
    "painful hepatomegaly", "right upper quadrant pain", "ultrasound", "elastography", "histology",
    "portal vein reversal", "refractory thrombocytopenia", "multi-organ dysfunction",
    "risk factors of SOS/VOD", "encephalopathy", "dialysis", "weight gain", "neutropenia",
    "thrombocytopenia", "febrile neutropenia", "Platelet count decreased", "anaemia",
    "neutrophil engraftment", "platelet engraftment", "secondary graft failure", "graft failure",
    "platelet transfusion independence", "trilineage haematopoiesis", "transfusion independence",
    "rash", "tremor", "nausea", "sepsis", "infection", "pancytopenia", "QTc prolonged",
    "hypogammaglobulinemia", "Down syndrome", "B-cell aplasia", "CAR-T cells detectable by qPCR",
    "MRD positive throughout consolidation", "splenomegaly", "leukapheresis", "no ICANS",
    "infusion related reaction", "tumor lysis syndrome", "hepatic failure", *UNICODE,
)  # fmt: skip
VALUES = (
    "0", "1", "2", "3", "4", "9", "-1", "1e3", "II", "iv", "stage III", "grade 3", "mild", "severe",
    "to voice", "unable", "none", "low flow", "6 L/min", "99999 L/min", "8 L/min by mask", "12 %",
    "<5 mg/dL", "600 mL", "1000 mL/d", "38.0 Cel", "0.1 ug/kg/min", "other cause", "recovered",
    "recovered with support", "multiple fluid boluses", "positive", "day +14", "1e99999 %", "NaN",
    "23 mo", "inf", "2020-03-01", "٣", *UNICODE,
)  # fmt: skip
STANDARDS = (
    "astct-crs", "ASTCT", "lee", "penn", "MAGIC", "glucksberg", "NIH", "ctcae", "CTCAE 5.0",
    "baltimore", "seattle", "ebmt-vod", "icaht", "astct-icans", "made-up", "Ärzte",
)  # fmt: skip
VERSIONS = ("5.0", "6.0", "2014", "2019", "2023", "4.03", "0", "x")
ANALYTES = {
    "platelets": ("10*9/L", "/uL", "10*3/mm3"), "neutrophils": ("10*9/L", "/uL", "%"),
    "wbc": ("10*9/L", "/uL"), "lymphocytes": ("10*9/L", "%"), "hemoglobin": ("g/L", "g/dL"),
    "alt": ("U/L", "ukat/L"), "ast": ("U/L", "kU/L"), "alp": ("U/L",), "ggt": ("U/L",),
    "bilirubin": ("mg/dL", "umol/L"), "bilirubin-direct": ("mg/dL",),
    "creatinine": ("umol/L", "mg/dL"), "fibrinogen": ("g/L",), "lipase": ("U/L",),
    "ferritin": ("ug/L", "ng/mL"), "crp": ("mg/L",), "inr": ("1", "{INR}", "%"), "aptt": ("s",),
    "blasts": ("%", "10*9/L"), "cd19": ("%", "/uL"), "b-cells": ("%", "/uL"), "cd4": ("/uL",),
    "chimerism": ("%",), "chimerism-cd3": ("%", "1"), "chimerism-cd34": ("%",), "igg": ("g/L",),
    "methotrexate": ("umol/L",), "creatinine-clearance": ("mL/min",), "zonulin": ("ng/mL",),
}  # fmt: skip
NUMBERS = (
    "0", "0.0001", "0.4", "0.5", "1", "1.0", "2", "5", "10", "12", "20", "25", "49.99", "50", "75",
    "95", "100", "150", "400", "1000", "20000", "1e6", "<0.1", ">500", "<=5", ">=20", "<1000", ">0",
)  # fmt: skip
SPECIMENS = ("", "", "", "csf", "blood", "serum", "marrow", "urine", "Liquor", "🙂")
LESIONS = (
    "BCR::ABL1", "t(9;22)(q34;q11)", "KMT2A::AFF1", "ETV6::RUNX1", "iAMP21", "Ph-like", "TP53",
    "IKZF1plus", "IKZF1", "hypodiploidy", "high hyperdiploidy", "complex karyotype", "PAX5alt",
    "TCF3::PBX1", "46,XX", "XYZ1::ABC2", "none", "t(99;99)", "🙂", "not done",
)  # fmt: skip
OPTIONS = (
    "blinatumomab", "BLINATUMOMAB with or without DLI", "inotuzumab ozogamicin", "CD22 CAR-T",
    "second CD19 CAR-T", "second CAR-T", "donor lymphocyte infusion", "DLI + blinatumomab", "CAR T",
    "palliative care", "second transplant", "nothing", "🙂", "x" * 2000, "blin", "<b>ino</b>",
)  # fmt: skip
DRUGS = (
    "inotuzumab ozogamicin", "InO", "blinatumomab", "rituximab", "vincristine", "methotrexate",
    "busulfan", "dasatinib", "defibrotide", "pegaspargase", "dexamethasone", "cytarabine", "🙂",
)  # fmt: skip
DOSES = (
    "0.8 mg/m2", "0.5 mg/m2", "28 ug/d", "2 g/m2", "2 mg", "1000 U", "1e6 /kg", "3 Gy", "0 mg",
    "15 ug/m2/d", "10 mL",
)  # fmt: skip
REGIMENS = (
    "free", "Hyper-CVAD A", "hyper-cvad-b", "Hyper-CVAD", "ino-label", "INO LABEL",
    "blinatumomab-rr", "dli", "x", "🙂",
)  # fmt: skip
CLAIM_VALUES = (
    "true", "false", "4", "-1", "3.5", "1e300", "inf", "nan", "2020-03-01", "2020-03-01T08:30:00Z",
    "08:30:00", '"high risk"', '"CD22"', '"molecular relapse"', '"23 mo"', '"<12 mo"', '"grade 3"',
    '"CR"', '"0.01 %"', '"🙂"', '"1e99999 a"', "99999999999999999999999", '"2020"', '"x"', '"3"',
)  # fmt: skip
PREDICATES = (
    "eradicated", "undetectable", "in remission", "relapse kind", "grade", "positive", "high",
    "low", "first report", "significant", "other",
)  # fmt: skip
PRESENT = ("true", "false")
KINDS = {
    "support": ("platelets", "red cells", "g-csf", "tocilizumab", "steroid", "oxygen",
                "vasopressor", "ursodiol", "immunoglobulin", "rescue"),
    "assessment": ("morphology", "differential", "flow", "imaging", "csf", "exam", "chimerism",
                   "performance"),
    "donor": ("autologous", "sibling", "unrelated", "mismatched", "haploidentical", "cord"),
}  # fmt: skip
