"""A message's own words, out of what mail programs make of them."""

import pytest

from audit.books.bodies import unquoted

OLD = "Merci d'annuler la commande."


@pytest.mark.parametrize(
    "quotation",
    [
        f"Le ven. 20 nov. 2026 à 10:12, Boutique <boutique@example.com> a écrit :\n{OLD}",
        f"Le ven. 20 nov. 2026 à 10:12, Service client de la boutique\n<boutique@example.com> a écrit :\n\n> {OLD}",
        f"Le vendredi 20 novembre 2026 à 10:12:33 UTC+1, Boutique a écrit\u00a0:\n{OLD}",
        f"On Fri, Nov 20, 2026 at 10:12 AM Shop <shop@example.com> wrote:\n{OLD}",
        f'At 2026-11-20 10:00:00, "shop" <shop@example.com> wrote:\n{OLD}',
        f"在 2026-11-20 10:00:00，店铺 写道：\n{OLD}",
        f"店铺 <shop@example.com> 于2026年11月20日周五 10:00写道：\n{OLD}",
        f"-----Message d'origine-----\n{OLD}",
        f"-------- Message d’origine --------\n{OLD}",
        f"---------- Forwarded message ---------\n{OLD}",
        f"------------------ 原始邮件 ------------------\n{OLD}",
        f"Début du message transféré :\n{OLD}",
        f"De : Boutique <boutique@example.com>\nEnvoyé : vendredi 20 novembre 2026 10:12\nÀ : Acheteur\n{OLD}",
        f"*De :* Boutique\n*Envoyé :* vendredi 20 novembre 2026\n{OLD}",
        f"From: Shop\r\nSent: Friday, November 20, 2026\r\n{OLD}",
        f"发件人: 店铺\n发送时间: 2026年11月20日\n{OLD}",
        f"> {OLD}\n> encore",
        f"＞ {OLD}",
        f"<blockquote>{OLD}</blockquote>",
        f"<div>Le 20/11/2026 à 10:12, Boutique a écrit :</div><div>{OLD}</div>",
    ],
)
def test_quoted_messages_are_left_out(quotation):
    """However a mail program quotes an earlier message, only the answer above it is the writer's own."""
    assert "D'accord." == unquoted(f"D'accord.\n\n{quotation}")


def test_an_answer_below_the_quotation_is_kept():
    """Where quoted lines are marked, what stands between and below them is the writer's own."""
    assert "D'accord.\nMerci" == unquoted(f"Le 20/11/2026 à 10:12, Boutique a écrit :\n> {OLD}\nD'accord.\n> Encore ?\nMerci").replace(
        "\n\n", "\n"
    )


@pytest.mark.parametrize(
    "body",
    [
        "Le colis est parti.",
        "Le vendeur m'a écrit : rien",
        "De : rien",
        "On verra demain",
        "Prix < 20 et > 10",
    ],
)
def test_own_words_are_no_quotation(body):
    """A sentence that only begins as a quotation does is kept whole."""
    assert body == unquoted(body)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Bonjour,<br>merci&nbsp;!", "Bonjour,\nmerci !"),
        ("<p>Bonjour</p><p>annul&eacute;</p>", "Bonjour\n\nannulé"),
        ('Voyez <a href="https://shop.example/x">ici</a>', "Voyez  https://shop.example/x ici"),
        ("Écrivez à <boutique@example.com>", "Écrivez à <boutique@example.com>"),
        ("Voyez <https://shop.example/x>", "Voyez <https://shop.example/x>"),
        ("<style>p {color: red}</style>Bonjour", "Bonjour"),
        ("０６\u00a0１２", "06 12"),
        ("", ""),
    ],
)
def test_markup_becomes_plain_text(body, text):
    """Tags go, links and addresses stay, and wide or unbreakable characters become plain ones."""
    assert text == unquoted(body)
