"""What a comment tells about the venue."""

import pytest

from digest.sources.base import venue_in


@pytest.mark.parametrize(
    ("comment", "venue"),
    [
        ("Accepted at ICLR 2026", "ICLR 2026"),
        ("Accepted to ICLR2026", "ICLR 2026"),
        ("NeurIPS 2025 Spotlight, 20 pages", "NeurIPS 2025"),
        ("AAAI-26 Oral", "AAAI 2026"),
        ("To appear in CVPR'25", "CVPR 2025"),
        ("Transactions on Machine Learning Research (TMLR)", "TMLR"),
        ("Submitted to ICML 2026", None),
        ("Under review at ACL 2026", None),
        ("12 pages, 3 figures", None),
        ("The oracle of KDDX", None),
        (None, None),
    ],
)
def test_the_venue_of_a_comment(comment, venue):
    assert venue_in(comment) == venue
